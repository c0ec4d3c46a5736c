import type { InstanceStatus } from '../journal/journal';
import type { Shape } from './instance';

/**
 * The nine steps from a package to running code (role-lifecycle.md 2), with the article's numbers. Steps 1 to 6 are only
 * shown. The article lists the startup tasks (7) before the code (8), although the tasks are files of the code.
 */
export interface ProvisioningStep {
	readonly step: number;
	readonly status: InstanceStatus;
	readonly text: string;
}

const machineSteps: readonly ProvisioningStep[] = [
	{ step: 1, status: 'CreatingVM', text: 'Take an operating system image' },
	{ step: 2, status: 'CreatingVM', text: 'Find a host in another fault domain than the sibling instances' },
	{ step: 3, status: 'StartingVM', text: 'Copy the virtual machine to the host and boot it' },
	{ step: 4, status: 'StartingVM', text: 'Separate the network of each role; only declared ports talk' },
	{ step: 5, status: 'StartingVM', text: 'Wire every external port to the load balancer' },
	{ step: 6, status: 'StartingVM', text: 'Give the deployment a virtual address and a name' },
];

/** The steps from 1 to 6. A VM role begins with its owner's golden image and the differencing disks on top of it. */
export function stepsOfMachine({ machine }: Pick<Shape, 'machine'>): readonly ProvisioningStep[] {
	const [base, ...patches] = machine?.images ?? [];
	if (base === undefined) {
		return machineSteps;
	}
	const disks = patches.length === 1 ? 'its differencing disk' : 'its differencing disks';
	const text = `Take the golden image ${base}${patches.length > 0 ? ` with ${disks} ${patches.join(', ')}` : ''}`;
	return machineSteps.map(each => (each.step === 1 ? { ...each, text } : each));
}

export const tasksStep = { step: 7, text: 'Run the startup tasks' };

/** Shown in the article's order; the files are in place before the startup tasks run, as in Azure. */
export const codeStep = { step: 8, text: "Put the role's code on the machine" };

export const startStep = { step: 9, text: 'Start the code' };

/** A VM role has no startup tasks and no package: its code is in the image. */
export const bootStep = { step: 9, text: 'Boot, and start the adapter' };
