import path from 'node:path';
import type { World } from '../lifecycle/host';
import { systemClock } from './clock';
import { instanceDisks } from './disks';
import { dotnetFiles } from './dotnetHost';
import { hostChannel } from './hostChannel';
import { openProcessRecord } from './leftovers';
import { loopbackNetwork } from './network';
import { endAllProcesses } from './processes';
import { roleHosts } from './roleHosts';
import { taskHost } from './tasks';

export interface WorldOptions {
	/** Fabric time runs so many times as fast as wall time. */
	readonly timeFactor?: number;
	/** The folder of the built product: `role-host.js`, and `host` with the C# half. */
	readonly distFolder: string;
	/** Absolute; the instances' folders are made below it. One world at a time. */
	readonly stateFolder: string;
}

export interface RealWorld extends World {
	/** Closes every port and ends at once what still runs; an orderly stop is the deployment's, and comes before. */
	dispose(): Promise<void>;
}

/**
 * The real world for one deployment: processes, ports, disks, time. Ends first what a killed fabric has left over in
 * the same state folder. Throws a `Failure` when another fabric is at work there.
 */
export function createWorld({ timeFactor = 1, distFolder, stateFolder }: WorldOptions): RealWorld {
	const record = openProcessRecord(stateFolder);
	const channel = hostChannel();
	const network = loopbackNetwork();
	return {
		clock: systemClock(timeFactor),
		roles: roleHosts({ channel, distFolder, dotnet: dotnetFiles(path.join(distFolder, 'host')), record }),
		tasks: taskHost(record),
		disks: instanceDisks(stateFolder),
		network,
		dispose: async () => {
			endAllProcesses(record);
			await Promise.all([network.close(), channel.close()]);
			record.dispose();
		},
	};
}
