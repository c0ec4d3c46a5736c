import * as vscode from 'vscode';
import { type Command, commandUsage } from '../../lifecycle/command';
import { readAddress } from '../../lifecycle/slots';
import type { DeploymentSnapshot, InstanceSnapshot } from '../../lifecycle/snapshot';
import { targeted } from '../../lifecycle/targets';
import { command, inform, MendableFailure, offer } from '../commands';
import { instancesByRole } from '../tree/instanceGroups';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { askCount, askSetting, askUpdateMode, pickNumber } from './fabricQuestions';
import { chooseInstance, textIn } from './instanceChoice';
import type { Run, RunningServices } from './runningServices';

/** What is asked of an instance, by the name of its command, and whether it can be asked now. */
const instanceCommands = {
	startInstance: ['start', ({ can }) => can.start],
	stopInstance: ['stop', ({ can }) => can.stop],
	recycleInstance: ['recycle', ({ can }) => can.recycle],
	rebootInstance: ['reboot', ({ can }) => can.recycle],
	hardRebootInstance: ['hard-reboot', ({ can }) => can.recycle],
	powerCycleInstance: ['power-cycle', ({ can }) => can.recycle],
	reimageInstance: ['reimage', ({ can }) => can.recycle],
	rebuildInstance: ['rebuild', ({ can }) => can.recycle],
	healInstance: ['heal', ({ can }) => can.recycle],
	crashInstance: ['crash', ({ pid }) => pid !== undefined],
	hangInstance: ['hang', ({ pid }) => pid !== undefined],
} satisfies Readonly<Record<string, InstanceCommand>>;

type InstanceWord = Exclude<Extract<Command, { instance: string }>['command'], 'task'>;
type InstanceCommand = readonly [word: InstanceWord, suits: (instance: InstanceSnapshot) => boolean];

/** What is asked of a whole deployment; undefined where a question was dismissed. */
const deploymentCommands = {
	stageService: () => ({ command: 'stage' }),
	swapDeployments: () => ({ command: 'swap' }),
	unstageService: () => ({ command: 'unstage' }),
	suspendService: () => ({ command: 'suspend' }),
	resumeService: () => ({ command: 'resume' }),
	updateService: async () => {
		const mode = await askUpdateMode();
		return mode && { command: 'update', mode };
	},
	walkUpgradeDomain: async ({ instances }, named) => {
		const domains = instances.map(({ upgradeDomain }) => upgradeDomain);
		const label = (number: number) => vscode.l10n.t('Upgrade domain {0}', number);
		const domain = named ?? (await pickNumber(domains, label, vscode.l10n.t('Which upgrade domain is updated?')));
		return domain === undefined ? undefined : { command: 'walk', domain };
	},
	rollBackUpdate: () => ({ command: 'rollback' }),
	updateGuestOs: () => ({ command: 'guest-os-update' }),
	updateHostOs: () => ({ command: 'host-os-update' }),
	failFaultDomain: async ({ instances }, named) => {
		const domains = instances.map(({ faultDomain }) => faultDomain);
		const label = (number: number) => vscode.l10n.t('Fault domain {0}', number);
		const domain = named ?? (await pickNumber(domains, label, vscode.l10n.t('Which fault domain fails?')));
		return domain === undefined ? undefined : { command: 'fail-domain', domain };
	},
} satisfies Readonly<Record<string, DeploymentCommand>>;

type Asked<T extends readonly unknown[]> = (...about: T) => Command | undefined | Promise<Command | undefined>;
/** `named`: the domain of the node that it was called on. */
type DeploymentCommand = Asked<[snapshot: DeploymentSnapshot, named: number | undefined]>;

/** What is asked of a role: whoever calls them from somewhere else than the tree is asked which. */
const roleCommands = {
	changeSetting: async (role, { definition }, index) => {
		const found = await askSetting(index.modelOf(definition), readAddress(role).name);
		return found && { command: 'set', role, ...found };
	},
	scaleRole: async (role, { snapshot }) => {
		const now = snapshot ? targeted(role, snapshot).instances.length : 1;
		const count = await askCount(role, now);
		return count === undefined ? undefined : { command: 'scale', role, count };
	},
} satisfies Readonly<Record<string, RoleCommand>>;

type RoleCommand = Asked<[role: string, run: Run, index: ServiceIndex]>;

/** One command, one entry of these tables: what comes of it is told by the journal. */
export function registerFabricCommands(
	index: ServiceIndex,
	running: RunningServices,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const submit = (definition: string, asked: Command | undefined) => {
		if (asked) {
			running.running(definition).submit(asked, 'editor');
			sayWhatWaits(running.runOf(definition));
		}
	};
	const ofInstances = Object.entries<InstanceCommand>(instanceCommands).map(([name, [word, suits]]) =>
		command(name, log, async argument => {
			const chosen = await chooseInstance(running, argument, suits);
			return chosen && submit(chosen.definition, { command: word, instance: chosen.instance });
		}),
	);
	const ofDeployments = Object.entries<DeploymentCommand>(deploymentCommands).map(([name, ask]) =>
		command(name, log, async argument => {
			const run = await chooseRun(index, running, argument);
			const slot = isOfStaging(argument) ? 'staging' : undefined;
			const snapshot = slot ? run?.snapshot?.staging : run?.snapshot;
			const asked = snapshot && (await ask(snapshot, domainIn(argument)));
			return run && asked && submit(run.definition, slot && takesSlot(asked) ? { ...asked, slot } : asked);
		}),
	);
	const ofRoles = Object.entries<RoleCommand>(roleCommands).map(([name, ask]) =>
		command(name, log, async argument => {
			const run = await chooseRun(index, running, argument);
			const role = run && (await chooseRole(run, argument));
			return run && role !== undefined && submit(run.definition, await ask(role, run, index));
		}),
	);
	return vscode.Disposable.from(...ofInstances, ...ofDeployments, ...ofRoles);
}

/** Where a debugger holds the fabric, a command is only kept. */
function sayWhatWaits(run: Run | undefined): void {
	if (run?.standsAt !== undefined) {
		inform(
			vscode.l10n.t('The debugger has paused the service: this happens when you continue.'),
			offer(vscode.l10n.t('Continue'), 'workbench.action.debug.continue'),
		);
	}
}

/** On one whole deployment, of which there are two while something is staged. */
function takesSlot(command: Command): command is Extract<Command, { slot?: 'staging' }> {
	return commandUsage[command.command].endsWith('[staging]');
}

/** The node of the staging slot, or a domain in it. */
function isOfStaging(argument: unknown): boolean {
	return [textIn(argument, 'kind'), textIn(argument, 'slot')].includes('staging');
}

function domainIn(argument: unknown): number | undefined {
	const domain: unknown =
		typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'domain') : undefined;
	return typeof domain === 'number' ? domain : undefined;
}

/** The running service that a command was called on, else the only one, else the one that the user picks. */
async function chooseRun(index: ServiceIndex, running: RunningServices, argument: unknown): Promise<Run | undefined> {
	const said = textIn(argument, 'definition');
	const runs = running.all().filter(({ service, definition }) => service && (said ?? definition) === definition);
	if (runs.length === 0) {
		throw new MendableFailure(
			vscode.l10n.t('No service is running of which this could be asked; start it first.'),
			offer(vscode.l10n.t('Start Service'), 'rolewright.startService', said),
		);
	}
	if (runs.length === 1) {
		return runs[0];
	}
	const items = runs.map(run => ({ label: index.serviceAt(run.definition)?.name ?? run.definition, run }));
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which service?') });
	return picked?.run;
}

function stagedRoles({ staging }: DeploymentSnapshot): readonly string[] {
	return staging ? [...instancesByRole(staging).keys()] : [];
}

async function chooseRole({ snapshot }: Run, argument: unknown): Promise<string | undefined> {
	const roles = snapshot ? [...instancesByRole(snapshot).keys(), ...stagedRoles(snapshot)] : [];
	const said = textIn(argument, 'role') ?? (roles.length === 1 ? roles[0] : undefined);
	return said ?? vscode.window.showQuickPick(roles, { placeHolder: vscode.l10n.t('Which role?') });
}
