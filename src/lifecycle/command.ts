import type { WalkMode } from './deployment/domainWalk';
import { readAddress, type Slot } from './slots';

/**
 * What a person, a script or a scenario can ask of a deployment: the same words on stdin, in the palette and in scenario
 * files (interfaces.md 1.2). `parseCommand.ts` is the only reader of those words. `instance`, `role` and `file` are addresses:
 * `staging:Worker_IN_0` is the instance of the deployment in staging (`slots.ts`); a command on a whole deployment says
 * `slot` for the same.
 */
export type Command =
	| { readonly command: 'recycle'; readonly instance: string }
	| { readonly command: 'crash'; readonly instance: string }
	/** What is done to the machine of an instance (role-lifecycle.md 8.2); `heal`: its host failed, it goes to another. */
	| { readonly command: MachineWord; readonly instance: string }
	| { readonly command: 'hang'; readonly instance: string }
	| { readonly command: 'stop'; readonly instance: string }
	| { readonly command: 'start'; readonly instance: string }
	| { readonly command: 'set'; readonly role: string; readonly setting: string; readonly value: string }
	| { readonly command: 'scale'; readonly role: string; readonly count: number }
	| { readonly command: 'configure'; readonly file: string }
	| ({ readonly command: 'suspend' } & InSlot)
	| ({ readonly command: 'resume' } & InSlot)
	/** Every instance of the fault domain loses its host at once. */
	| ({ readonly command: 'fail-domain'; readonly domain: number } & InSlot)
	/** In-place update with what is built now. */
	| ({ readonly command: 'update'; readonly mode: WalkMode } & InSlot)
	/** The next upgrade domain of a manual update. */
	| ({ readonly command: 'walk'; readonly domain: number } & InSlot)
	| ({ readonly command: 'rollback' } & InSlot)
	| ({ readonly command: 'guest-os-update' } & InSlot)
	| ({ readonly command: 'host-os-update' } & InSlot)
	/** What is built now as a second deployment, beside the one in production. */
	| { readonly command: 'stage' }
	/** The deployments in production and staging exchange their public addresses. */
	| { readonly command: 'swap' }
	/** Stops the deployment in staging and removes it. */
	| { readonly command: 'unstage' }
	/** Runs one startup task alone with its environment; counts from 1, as the journal does. */
	| { readonly command: 'task'; readonly instance: string; readonly number: number }
	| { readonly command: 'attach'; readonly instance: string }
	| { readonly command: 'status' }
	| { readonly command: 'quit' };

/** The deployment that a command is about; production where nothing is said. */
export interface InSlot {
	readonly slot?: 'staging';
}

export type MachineWord = 'reboot' | 'hard-reboot' | 'power-cycle' | 'reimage' | 'rebuild' | 'heal';

export type CommandWord = Command['command'];

/** How each command is written; also what a prompt offers and `--help` prints. */
export const commandUsage: Readonly<Record<CommandWord, string>> = {
	recycle: 'recycle INSTANCE',
	reboot: 'reboot INSTANCE',
	'hard-reboot': 'hard-reboot INSTANCE',
	'power-cycle': 'power-cycle INSTANCE',
	reimage: 'reimage INSTANCE',
	rebuild: 'rebuild INSTANCE',
	crash: 'crash INSTANCE',
	hang: 'hang INSTANCE',
	heal: 'heal INSTANCE',
	stop: 'stop INSTANCE',
	start: 'start INSTANCE',
	set: 'set ROLE SETTING VALUE',
	scale: 'scale ROLE N',
	configure: 'configure FILE',
	'fail-domain': 'fail-domain N [staging]',
	update: 'update [auto|manual|simultaneous] [staging]',
	walk: 'walk N [staging]',
	rollback: 'rollback [staging]',
	'guest-os-update': 'guest-os-update [staging]',
	'host-os-update': 'host-os-update [staging]',
	stage: 'stage',
	swap: 'swap',
	unstage: 'unstage',
	suspend: 'suspend [staging]',
	resume: 'resume [staging]',
	task: 'task INSTANCE NUMBER',
	attach: 'attach INSTANCE',
	status: 'status',
	quit: 'quit',
};

/** The line that `parseCommand` reads as this command. */
export function commandText(command: Command): string {
	switch (command.command) {
		case 'set':
			return `set ${command.role} ${command.setting} ${writtenText(command.value)}`;
		case 'scale':
			return `scale ${command.role} ${command.count}`;
		case 'task':
			return `task ${command.instance} ${command.number}`;
		case 'configure':
			return `configure ${writtenText(command.file)}`;
		case 'fail-domain':
		case 'walk':
			return withSlot(`${command.command} ${command.domain}`, command);
		case 'update':
			return withSlot(`update ${command.mode}`, command);
		default:
			return 'instance' in command
				? `${command.command} ${command.instance}`
				: withSlot(command.command, 'slot' in command ? command : {});
	}
}

/** The deployment that a command is about, and the command as that deployment itself understands it. */
export function inSlot<T extends Command>(command: T): { readonly slot: Slot; readonly command: T } {
	if ('instance' in command) {
		const { slot, name } = readAddress(command.instance);
		return { slot, command: { ...command, instance: name } };
	}
	if ('role' in command) {
		const { slot, name } = readAddress(command.role);
		return { slot, command: { ...command, role: name } };
	}
	if ('file' in command) {
		const { slot, name } = readAddress(command.file);
		return { slot, command: { ...command, file: name } };
	}
	return { slot: 'slot' in command && command.slot === 'staging' ? 'staging' : 'production', command };
}

function withSlot(text: string, { slot }: InSlot): string {
	return slot === undefined ? text : `${text} ${slot}`;
}

function writtenText(text: string): string {
	return text !== text.trim() || /^".*"$/s.test(text) || /[\r\n]/.test(text) || text === ''
		? JSON.stringify(text)
		: text;
}
