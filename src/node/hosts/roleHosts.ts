import type { RoleHost } from '../../lifecycle/roleHost';
import { type DotnetFiles, startDotnetHost } from '../dotnet/host';
import { type HostReserve, hostReserve } from '../dotnet/reserve';
import { holdProcessTree } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import type { HostChannel } from './hostChannel';
import { startNodeHost } from './nodeHost';
import { startProgramHost } from './programHost';
import { startVirtualMachine } from './virtualMachineHost';

export interface RoleHostsOptions {
	readonly channel: HostChannel;
	readonly record?: ProcessRecord;
	/** The folder of `role-host.js`. */
	readonly distFolder: string;
	readonly dotnet: DotnetFiles;
	/** Of C# hosts; one of its own by default. */
	readonly reserve?: HostReserve;
}

/** One kind of role process for each kind of entry point. */
export function roleHosts(options: RoleHostsOptions): RoleHost {
	const { channel, distFolder, dotnet, record } = options;
	const recorded = record && { record };
	const reserve = options.reserve ?? hostReserve();
	const incarnations = new Map<string, { last: number }>();
	return {
		start: (life, heard) => {
			switch (life.entry.kind) {
				case 'assembly':
					return startDotnetHost({ channel, files: dotnet, reserve, ...recorded }, life, heard);
				case 'module':
				case 'base':
					return startNodeHost({ channel, distFolder, ...recorded }, life, heard);
				case 'program':
					return startProgramHost({ incarnations, ...recorded }, life, life.entry, heard);
				case 'machine':
					return startVirtualMachine({ incarnations, ...recorded }, life, life.entry, heard);
			}
		},
		hang: pid =>
			holdProcessTree(pid)
				? undefined
				: 'A process cannot be held still on this system; break into it with a debugger and wait there instead.',
	};
}
