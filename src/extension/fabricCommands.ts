import * as vscode from 'vscode';
import { Failure } from '../base/failure';
import type { Command } from '../lifecycle/command';
import type { DeploymentSnapshot, InstanceSnapshot } from '../lifecycle/snapshot';
import { command } from './commands';
import { askCount, askSetting, askUpdateMode, pickNumber } from './fabricQuestions';
import { chooseInstance, textIn } from './instanceChoice';
import type { Run, RunningServices } from './runningServices';
import type { ServiceIndex } from './serviceIndex';

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

type InstanceWord = Extract<Command, { instance: string }>['command'];
type InstanceCommand = readonly [word: InstanceWord, suits: (instance: InstanceSnapshot) => boolean];

/** What is asked of a whole deployment; undefined where a question was dismissed. */
const deploymentCommands = {
	suspendService: () => ({ command: 'suspend' }),
	resumeService: () => ({ command: 'resume' }),
	updateService: async () => {
		const mode = await askUpdateMode();
		return mode && { command: 'update', mode };
	},
	walkUpgradeDomain: async ({ instances }) => {
		const domains = instances.map(({ upgradeDomain }) => upgradeDomain);
		const domain = await pickNumber(domains, number => vscode.l10n.t('Upgrade domain {0}', number));
		return domain === undefined ? undefined : { command: 'walk', domain };
	},
	rollBackUpdate: () => ({ command: 'rollback' }),
	updateGuestOs: () => ({ command: 'guest-os-update' }),
	updateHostOs: () => ({ command: 'host-os-update' }),
	failFaultDomain: async ({ instances }) => {
		const domains = instances.map(({ faultDomain }) => faultDomain);
		const domain = await pickNumber(domains, number => vscode.l10n.t('Fault domain {0}', number));
		return domain === undefined ? undefined : { command: 'fail-domain', domain };
	},
} satisfies Readonly<Record<string, DeploymentCommand>>;

type Asked<T extends readonly unknown[]> = (...about: T) => Command | undefined | Promise<Command | undefined>;
type DeploymentCommand = Asked<[snapshot: DeploymentSnapshot]>;

/** What is asked of a role: whoever calls them from somewhere else than the tree is asked which. */
const roleCommands = {
	changeSetting: async (role, { definition }, index) => {
		const found = await askSetting(index.modelOf(definition), role);
		return found && { command: 'set', role, ...found };
	},
	scaleRole: async (role, { snapshot }) => {
		const now = snapshot?.instances.filter(instance => instance.role === role).length ?? 1;
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
	const submit = (definition: string, asked: Command | undefined) =>
		asked && running.running(definition).submit(asked, 'editor');
	const ofInstances = Object.entries<InstanceCommand>(instanceCommands).map(([name, [word, suits]]) =>
		command(name, log, async argument => {
			const chosen = await chooseInstance(running, argument, suits);
			return chosen && submit(chosen.definition, { command: word, instance: chosen.instance });
		}),
	);
	const ofDeployments = Object.entries<DeploymentCommand>(deploymentCommands).map(([name, ask]) =>
		command(name, log, async argument => {
			const run = await chooseRun(index, running, argument);
			return run?.snapshot && submit(run.definition, await ask(run.snapshot));
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

/** The running service that a command was called on, else the only one, else the one that the user picks. */
async function chooseRun(index: ServiceIndex, running: RunningServices, argument: unknown): Promise<Run | undefined> {
	const said = textIn(argument, 'definition');
	const runs = running.all().filter(({ service, definition }) => service && (said ?? definition) === definition);
	if (runs.length === 0) {
		throw new Failure(vscode.l10n.t('No service is running of which this could be asked; start it first.'));
	}
	if (runs.length === 1) {
		return runs[0];
	}
	const items = runs.map(run => ({ label: index.serviceAt(run.definition)?.name ?? run.definition, run }));
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which service?') });
	return picked?.run;
}

async function chooseRole({ snapshot }: Run, argument: unknown): Promise<string | undefined> {
	const roles = [...new Set(snapshot?.instances.map(({ role }) => role))];
	const said = textIn(argument, 'role') ?? (roles.length === 1 ? roles[0] : undefined);
	return said ?? vscode.window.showQuickPick(roles, { placeHolder: vscode.l10n.t('Which role?') });
}
