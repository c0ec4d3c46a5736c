import path from 'node:path';
import { standingClock } from '../lifecycle/standingClock';
import type { World } from '../lifecycle/world';
import { startAzurite } from './azurite';
import { pace, systemClock } from './clock';
import { instanceDisks } from './disks/disks';
import { dotnetFiles } from './dotnet/host';
import { hostChannel } from './hosts/hostChannel';
import { roleHosts } from './hosts/roleHosts';
import type { TaskChoiceOf } from './hosts/taskChoices';
import { taskHost } from './hosts/tasks';
import { loopbackNetwork } from './network/network';
import { Ports } from './network/ports';
import { openProcessRecord } from './processes/leftovers';
import { endAllProcesses } from './processes/processes';
import type { CertificateOf } from './sites/endpointCertificate';
import { siteHost } from './sites/siteHost';

export interface WorldOptions {
	/** Fabric time runs so many times as fast as wall time. */
	readonly timeFactor?: number;
	/** The folder of the built product: `role-host.js`, and `host` with the C# half. */
	readonly distFolder: string;
	/** Absolute; the instances' folders are made below it. One world at a time. */
	readonly stateFolder: string;
	/** What happens with startup tasks that cannot run on this system. */
	readonly taskChoice?: TaskChoiceOf;
	/** The certificates that the user names for https endpoints. */
	readonly certificateOf?: CertificateOf;
}

export interface RealWorld extends World {
	/** The same world with disks in another state folder, for a second deployment of the same service. */
	withDisks(stateFolder: string): World;
	/** Starts Azurite, the storage emulator, with its data in the state folder. */
	startAzurite(commandLine: string): ReturnType<typeof startAzurite>;
	/** Closes every port and ends at once what still runs; an orderly stop is the deployment's, and comes before. */
	dispose(): Promise<void>;
}

/**
 * The real world for one deployment: processes, ports, disks, time. Ends first what a killed fabric has left over in
 * the same state folder. Throws a `Failure` when another fabric is at work there.
 */
export function createWorld({
	timeFactor = 1,
	distFolder,
	stateFolder,
	taskChoice,
	certificateOf,
}: WorldOptions): RealWorld {
	const record = openProcessRecord(stateFolder);
	const channel = hostChannel();
	const clock = standingClock(systemClock(timeFactor));
	const ports = new Ports(stateFolder);
	const network = loopbackNetwork({ clock, ports });
	const dotnet = dotnetFiles(path.join(distFolder, 'host'));
	const world: World = {
		clock,
		pace,
		roles: roleHosts({ channel, distFolder, dotnet, record }),
		tasks: taskHost(record, taskChoice),
		disks: instanceDisks(stateFolder, dotnet.facades),
		network,
		sites: siteHost({
			clock,
			ports,
			record,
			hook: { channel, assembly: dotnet.host },
			...(certificateOf && { certificateOf }),
			certificateFolder: path.join(stateFolder, '.certificates'),
		}),
	};
	return {
		...world,
		withDisks: other => ({ ...world, disks: instanceDisks(other, dotnet.facades) }),
		startAzurite: commandLine => startAzurite(commandLine, path.join(stateFolder, '.azurite'), record),
		dispose: async () => {
			endAllProcesses(record);
			await Promise.all([network.close(), channel.close()]);
			record.dispose();
		},
	};
}
