import type { InstanceActor } from '../actor/instanceActor';
import type { Command, MachineWord } from '../command';
import { faultDomain } from '../domains';
import type { RestartEvent } from '../instance/instance';
import type { JournalWriter } from '../journal/journalWriter';
import type { Mailbox } from '../mailbox';
import type { RolePlan } from '../plan/deploymentPlan';
import type { Asked, Changes } from './changes';
import type { Instances } from './instances';

/** The parts of a deployment that commands are given to. */
export interface Orders {
	readonly instances: Instances;
	readonly changes: Changes;
	readonly journal: JournalWriter;
	readonly waitForDebugger: (instance: string) => void;
	readonly suspend: () => void;
	readonly resume: () => void;
	readonly status: () => void;
	readonly quit: () => void;
	/** Parts of one event, between which others of the process have a turn. */
	readonly spread: Mailbox['postNext'];
}

/** Carries out one command of a deployment that runs; what cannot be done gives an `error` entry. */
export function carryOut(command: Command, asked: Asked, orders: Orders): void {
	const { changes } = orders;
	switch (command.command) {
		case 'recycle':
		case 'crash':
		case 'start':
		case 'stop':
		case 'hang':
			actorFor(command.instance, orders)?.take({ type: command.command, ...asked });
			return;
		case 'reboot':
		case 'hard-reboot':
		case 'power-cycle':
		case 'reimage':
		case 'rebuild':
		case 'heal':
			actorFor(command.instance, orders)?.take({ type: 'restart', how: machineEvents[command.command], ...asked });
			return;
		case 'fail-domain':
			failDomain(command.domain, asked, orders);
			return;
		case 'task':
			actorFor(command.instance, orders)?.runTask(command.number);
			return;
		case 'attach':
			if (actorFor(command.instance, orders)) {
				orders.waitForDebugger(command.instance);
				note(`${command.instance} waits for a debugger at its next start.`, orders);
			}
			return;
		case 'set':
			changes.changeRole(command.role, role => withSetting(role, command.setting, command.value));
			return;
		case 'scale':
			changes.changeRole(command.role, role => ({ ...role, count: command.count }));
			return;
		case 'guest-os-update':
			changes.submitSystemUpdate('guestOsUpdate', asked);
			return;
		case 'host-os-update':
			changes.submitSystemUpdate('hostOsUpdate', asked);
			return;
		case 'walk':
			changes.walkDomain(command.domain);
			return;
		case 'rollback':
			changes.rollback(asked);
			return;
		case 'stage':
		case 'swap':
		case 'unstage':
			error('Staging belongs to a whole service: whoever takes this command has both of its deployments.', orders);
			return;
		case 'suspend':
		case 'resume':
		case 'status':
		case 'quit':
			orders[command.command]();
			return;
		case 'configure':
			error(`'${command.file}' was not read: whoever takes this command reads the file and calls configure.`, orders);
			return;
		case 'update':
			error('Nothing was built: whoever takes this command builds the roles and calls update.', orders);
			return;
	}
}

const machineEvents: Readonly<Record<MachineWord, RestartEvent>> = {
	reboot: 'reboot',
	'hard-reboot': 'hardReboot',
	'power-cycle': 'powerCycle',
	reimage: 'reimage',
	rebuild: 'rebuild',
	heal: 'heal',
};

function actorFor(id: string, orders: Orders): InstanceActor | undefined {
	const actor = orders.instances.get(id);
	if (actor === undefined) {
		const ids = orders.instances.all.map(each => each.id).join(', ');
		error(`There is no instance '${id}'; the instances are ${ids === '' ? 'none' : ids}.`, orders);
	}
	return actor;
}

/** All of them at once, without OnStop; each is healed on another host (role-lifecycle.md 11, point 10). */
function failDomain(domain: number, asked: Asked, orders: Orders): void {
	const all = orders.instances.all.filter(({ instance: { phase } }) => phase !== 'removing' && phase !== 'removed');
	const hit = all.filter(actor => faultDomain(actor.name.index) === domain);
	if (hit.length === 0) {
		const domains = [...new Set(all.map(actor => faultDomain(actor.name.index)))].sort().join(' and ');
		error(`No instance is in fault domain ${domain}; there are instances in ${domains || 'none'}.`, orders);
	}
	orders.spread(hit.map(actor => () => actor.take({ type: 'restart', how: 'heal', ...asked })));
}

function withSetting(role: RolePlan, setting: string, value: string): RolePlan | string {
	if (!Object.hasOwn(role.settings, setting)) {
		const names = Object.keys(role.settings).join(', ');
		return `Role '${role.name}' has no setting '${setting}'; its settings are ${names === '' ? 'none' : names}. Declare it in the definition first.`;
	}
	return { ...role, settings: { ...role.settings, [setting]: value } };
}

function error(text: string, { journal }: Orders): void {
	journal.write({ event: 'error', text });
}

function note(text: string, { journal }: Orders): void {
	journal.write({ event: 'note', text });
}
