import path from 'node:path';
import type { JournalEntry, Offer } from '../lifecycle/journal/journal';
import type { DeploymentPlan } from '../lifecycle/plan/deploymentPlan';
import { isEmulatorStorage } from '../model/connectionString';
import { findAzurite, type RunningAzurite, whoHoldsAzuritesPorts } from '../node/azurite';

export interface StorageEmulatorOptions {
	/** The folder of the definition: Azurite may be installed there or around it. */
	readonly folder: string;
	/** The command line that was named for it, or `off`. */
	readonly named: string | undefined;
	readonly start: (commandLine: string) => Promise<RunningAzurite | { readonly problem: string }>;
	readonly report: (event: { event: 'note' | 'error'; text: string; offer?: Offer }) => void;
}

/** Azurite, as long as a service uses it: found, started before the first role that asks for it, stopped with the service. */
export interface StorageEmulator {
	/** Resolves when what this plan uses is there, or it was said that it is not. Never rejects. */
	provide(plan: DeploymentPlan): Promise<void>;
	/** A configuration that came later may use it, too. */
	follow(entry: JournalEntry): void;
	dispose(): Promise<void>;
}

export function storageEmulator(options: StorageEmulatorOptions): StorageEmulator {
	let running: Promise<RunningAzurite | undefined> | undefined;
	let isOver = false;
	const tellOnce = (how: string): void => {
		isOver = true;
		const text = `The storage emulator ${how}, and nobody has asked it to: roles that use it fail from now on. Stop the service and start it again.`;
		options.report({ event: 'error', text });
	};
	const provide = async (user: string | undefined): Promise<void> => {
		if (user !== undefined && options.named !== 'off') {
			running ??= started(user, options);
			const azurite = await running;
			void azurite?.ended.then(how => isOver || tellOnce(how));
		}
	};
	return {
		provide: plan => provide(userOf(plan)),
		follow: entry => {
			const change = entry.event === 'configuration' && entry.changes.find(({ to }) => usesEmulator(to ?? ''));
			if (change) {
				void provide(`the setting '${change.setting}' of the role '${change.role}'`);
			}
		},
		dispose: async () => {
			isOver = true;
			await (await running)?.stop();
		},
	};
}

/** True for a connection string of the storage emulator, by its own word or by the ports that are Azurite's. */
export function usesEmulator(value: string): boolean {
	return isEmulatorStorage(value) || /\bhttps?:\/\/(?:127\.0\.0\.1|localhost):1000[012]\b/i.test(value);
}

function userOf(plan: DeploymentPlan): string | undefined {
	for (const role of plan.roles) {
		const setting = Object.entries(role.settings).find(([, value]) => usesEmulator(value));
		if (setting && role.count > 0) {
			return `the setting '${setting[0]}' of the role '${role.name}'`;
		}
	}
	return undefined;
}

async function started(
	user: string,
	{ folder, named, start, report }: StorageEmulatorOptions,
): Promise<RunningAzurite | undefined> {
	const holder = await whoHoldsAzuritesPorts();
	if (holder === 'azurite') {
		report({ event: 'note', text: `Azurite runs already, and is used as it is; ${user} asks for it.` });
		return undefined;
	}
	if (holder === 'other') {
		const text = `Azurite cannot be started for ${user}: another program holds one of its ports 10000 to 10002; end that program first.`;
		report({ event: 'error', text });
		return undefined;
	}
	const commandLine = named ?? findAzurite(folder);
	if (commandLine === undefined) {
		const text = `There is no storage emulator for ${user}: install Azurite (npm install -g azurite), or name its command line as 'azurite' in rolewright.json.`;
		report({ event: 'error', text, offer: { kind: 'installAzurite' } });
		return undefined;
	}
	const azurite = await start(commandLine);
	if ('problem' in azurite) {
		report({ event: 'error', text: azurite.problem });
		return undefined;
	}
	const name = path.basename(commandLine.replace(/["']/g, ''));
	const text = `The storage emulator (${name}) listens at 127.0.0.1, ports 10000 to 10002; it is stopped with the service, and its data stays for the next start.`;
	report({ event: 'note', text });
	return azurite;
}
