import { type Command, type CommandWord, commandUsage, type InSlot } from './command';
import { readAddress } from './slots';

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
