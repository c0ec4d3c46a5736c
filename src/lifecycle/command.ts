import type { WalkMode } from './domainWalk';
import { readAddress, type Slot } from './slots';

/**
 * What a person, a script or a scenario can ask of a deployment: the same words on stdin, in the palette and in scenario
 * files (interfaces.md 1.2). `parseCommand` is the only reader of those words. `instance`, `role` and `file` are addresses:
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
interface InSlot {
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

/** Reads one line; blanks around and between words do not matter. The error is a sentence that says what to write instead. */
export function parseCommand(line: string): Command | { readonly error: string } {
	const [word, rest] = firstWord(line);
	switch (word) {
		case 'recycle':
		case 'reboot':
		case 'hard-reboot':
		case 'power-cycle':
		case 'reimage':
		case 'rebuild':
		case 'crash':
		case 'hang':
		case 'heal':
		case 'stop':
		case 'start':
		case 'attach':
			return isOneWord(rest) ? { command: word, instance: plainAddress(rest) } : wrongUse(word);
		case 'rollback':
		case 'guest-os-update':
		case 'host-os-update':
		case 'suspend':
		case 'resume': {
			const [before, slot] = slotAtEnd(rest);
			return before === '' ? { command: word, ...slot } : wrongUse(word);
		}
		case 'stage':
		case 'swap':
		case 'unstage':
		case 'status':
		case 'quit':
			return rest === '' ? { command: word } : wrongUse(word);
		case 'set':
			return parseSet(rest);
		case 'scale':
			return parseScale(rest);
		case 'task':
			return parseTask(rest);
		case 'fail-domain':
		case 'walk': {
			const [domain, slot] = slotAtEnd(rest);
			return isNumber(domain) ? { command: word, domain: Number(domain), ...slot } : wrongUse(word);
		}
		case 'update':
			return parseUpdate(rest);
		case 'configure':
			return parseConfigure(rest);
		default:
			return { error: unknownCommand(word) };
	}
}

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

/** What stands before the word of a slot, and the slot; production is what is meant where no word is said. */
function slotAtEnd(text: string): readonly [before: string, slot: InSlot] {
	const [, before = '', word] = /^(?:(.*)\s)?\s*(production|staging)$/s.exec(text) ?? [];
	if (word === undefined) {
		return [text, {}];
	}
	return [before.trim(), word === 'staging' ? { slot: word } : {}];
}

/** Production is not named. */
function plainAddress(address: string): string {
	const { slot, name } = readAddress(address);
	return slot === 'production' ? name : address;
}

function parseSet(text: string): Command | { readonly error: string } {
	const [role, afterRole] = firstWord(text);
	const [setting, written] = firstWord(afterRole);
	if (setting === '') {
		return wrongUse('set');
	}
	const value = readText(written);
	return value === undefined ? brokenText('value') : { command: 'set', role: plainAddress(role), setting, value };
}

function parseScale(text: string): Command | { readonly error: string } {
	const [role, count] = firstWord(text);
	return isNumber(count) ? { command: 'scale', role: plainAddress(role), count: Number(count) } : wrongUse('scale');
}

function parseTask(text: string): Command | { readonly error: string } {
	const [instance, number] = firstWord(text);
	return isNumber(number)
		? { command: 'task', instance: plainAddress(instance), number: Number(number) }
		: wrongUse('task');
}

function parseUpdate(text: string): Command | { readonly error: string } {
	const [mode, slot] = slotAtEnd(text);
	switch (mode) {
		case '':
		case 'auto':
			return { command: 'update', mode: 'auto', ...slot };
		case 'manual':
		case 'simultaneous':
			return { command: 'update', mode, ...slot };
		default:
			return wrongUse('update');
	}
}

function parseConfigure(text: string): Command | { readonly error: string } {
	if (text === '') {
		return wrongUse('configure');
	}
	const file = readText(text);
	return file === undefined ? brokenText('file name') : { command: 'configure', file };
}

/** The rest of a line as it stands, or a JSON string, which alone can hold a line break or blanks at its ends. */
function readText(text: string): string | undefined {
	if (!/^".*"$/s.test(text)) {
		return text;
	}
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'string' ? value : undefined;
	} catch {
		return undefined;
	}
}

function writtenText(text: string): string {
	return text !== text.trim() || /^".*"$/s.test(text) || /[\r\n]/.test(text) || text === ''
		? JSON.stringify(text)
		: text;
}

function firstWord(text: string): readonly [word: string, rest: string] {
	const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(text) ?? [];
	return [word, rest];
}

function isOneWord(text: string): boolean {
	return /^\S+$/.test(text);
}

function isNumber(text: string): boolean {
	return /^\d{1,6}$/.test(text);
}

function wrongUse(word: CommandWord): { readonly error: string } {
	return { error: `Write this command as "${commandUsage[word]}".` };
}

function brokenText(what: string): { readonly error: string } {
	return { error: `The ${what} begins and ends with a quotation mark but is no JSON string: write it without them.` };
}

function unknownCommand(word: string): string {
	const commands = `The commands are ${Object.keys(commandUsage).join(', ')}.`;
	return word === '' ? `An empty line is no command. ${commands}` : `There is no command "${word}". ${commands}`;
}
