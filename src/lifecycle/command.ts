import type { WalkMode } from './domainWalk';

/**
 * What a person, a script or a scenario can ask of a deployment: the same words on stdin, in the palette and in scenario
 * files (interfaces.md 1.2). `parseCommand` is the only reader of those words.
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
	| { readonly command: 'suspend' }
	| { readonly command: 'resume' }
	/** Every instance of the fault domain loses its host at once. */
	| { readonly command: 'fail-domain'; readonly domain: number }
	/** In-place update with what is built now. */
	| { readonly command: 'update'; readonly mode: WalkMode }
	/** The next upgrade domain of a manual update. */
	| { readonly command: 'walk'; readonly domain: number }
	| { readonly command: 'rollback' }
	| { readonly command: 'guest-os-update' }
	| { readonly command: 'host-os-update' }
	| { readonly command: 'swap' }
	| { readonly command: 'attach'; readonly instance: string }
	| { readonly command: 'status' }
	| { readonly command: 'quit' };

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
	'fail-domain': 'fail-domain N',
	update: 'update [auto|manual|simultaneous]',
	walk: 'walk N',
	rollback: 'rollback',
	'guest-os-update': 'guest-os-update',
	'host-os-update': 'host-os-update',
	swap: 'swap',
	suspend: 'suspend',
	resume: 'resume',
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
			return isOneWord(rest) ? { command: word, instance: rest } : wrongUse(word);
		case 'rollback':
		case 'guest-os-update':
		case 'host-os-update':
		case 'swap':
		case 'suspend':
		case 'resume':
		case 'status':
		case 'quit':
			return rest === '' ? { command: word } : wrongUse(word);
		case 'set':
			return parseSet(rest);
		case 'scale':
			return parseScale(rest);
		case 'fail-domain':
		case 'walk':
			return isNumber(rest) ? { command: word, domain: Number(rest) } : wrongUse(word);
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
		case 'configure':
			return `configure ${writtenText(command.file)}`;
		case 'fail-domain':
		case 'walk':
			return `${command.command} ${command.domain}`;
		case 'update':
			return `update ${command.mode}`;
		default:
			return 'instance' in command ? `${command.command} ${command.instance}` : command.command;
	}
}

function parseSet(text: string): Command | { readonly error: string } {
	const [role, afterRole] = firstWord(text);
	const [setting, written] = firstWord(afterRole);
	if (setting === '') {
		return wrongUse('set');
	}
	const value = readText(written);
	return value === undefined ? brokenText('value') : { command: 'set', role, setting, value };
}

function parseScale(text: string): Command | { readonly error: string } {
	const [role, count] = firstWord(text);
	return isNumber(count) ? { command: 'scale', role, count: Number(count) } : wrongUse('scale');
}

function parseUpdate(text: string): Command | { readonly error: string } {
	switch (text) {
		case '':
		case 'auto':
			return { command: 'update', mode: 'auto' };
		case 'manual':
		case 'simultaneous':
			return { command: 'update', mode: text };
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
