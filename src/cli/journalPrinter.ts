import type { JournalEntry } from '../lifecycle/journal/journal';
import { entryText, type Tone } from '../lifecycle/journal/journalText';
import { addressOf } from '../lifecycle/slots';
import { type Io, wantsColour } from './io';

/** Prints each entry as it comes: for people with the time and the instance before it, or as one JSON object a line. */
export function journalPrinter(
	format: 'text' | 'jsonl',
	io: Io,
	print: (text: string) => void,
): (entry: JournalEntry) => void {
	if (format === 'jsonl') {
		return entry => print(`${JSON.stringify(entry)}\n`);
	}
	const colour = wantsColour(io);
	const painted = (code: string | undefined, text: string) =>
		colour && code !== undefined ? `\u001b[${code}m${text}\u001b[0m` : text;
	const instanceColours = new Map<string, string>();
	let width = 0;
	return entry => {
		const name = addressOf({ ...entry, instance: entry.instance ?? '' });
		if (!instanceColours.has(name)) {
			instanceColours.set(name, palette[instanceColours.size % palette.length] ?? '0');
		}
		width = Math.max(width, name.length);
		const time = painted('90', entry.at.slice(11, 23));
		const prefix = painted(instanceColours.get(name), name.padEnd(width));
		const { lines, tone } = entryText(entry);
		for (const line of lines) {
			print(`${time} ${prefix} ${painted(colours[tone], line)}\n`);
		}
	};
}

/** For the names of instances; red and green mean something, so they are left out. */
const palette = ['36', '35', '34', '33', '96', '95', '94', '93'];

const colours: Readonly<Record<Tone, string | undefined>> = {
	plain: undefined,
	good: '32',
	bad: '31',
	quiet: '90',
	own: undefined,
};
