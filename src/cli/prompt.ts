import { createInterface, type Interface } from 'node:readline';
import { commandUsage } from '../lifecycle/command';
import { addressOf } from '../lifecycle/slots';
import { scriptUsage } from '../runner/script';
import type { RunningService } from '../runner/startService';
import type { Io } from './io';
import type { Screen } from './screen';
import type { Signals } from './signals';

/** A line editor for a person at a terminal, with history and completion. It stays below what is printed. */
export function openPrompt(service: RunningService, io: Io, screen: Screen, signals: Signals): Interface {
	const lines = createInterface({
		input: io.stdin,
		output: process.stderr,
		prompt: '> ',
		historySize: 200,
		removeHistoryDuplicates: true,
		completer: (line: string) => complete(line, service.deployment.snapshot),
	});
	const prompt = screen.showPrompt(lines);
	// A terminal in raw mode gives the key to the prompt and no signal to the process.
	lines.on('SIGINT', signals.interrupt);
	lines.on('line', () => lines.prompt());
	lines.once('close', () => prompt.dispose());
	return lines;
}

const instanceCommands = new Set(
	Object.entries(scriptUsage).flatMap(([word, usage]) => (usage.includes('INSTANCE') ? [word] : [])),
);
const roleCommands = new Set(['set', 'scale', 'wait']);

/** On a whole deployment, of which there are two. */
function takesSlot(command: string): boolean {
	return Object.entries(commandUsage).some(([word, usage]) => word === command && usage.endsWith('[staging]'));
}

interface Names {
	readonly instances: readonly { readonly instance: string; readonly role: string; readonly slot?: 'staging' }[];
	readonly staging?: Names;
}

/** What may stand where the line ends, and the part of the line that it would take the place of. */
export function complete(line: string, names: Names): [string[], string] {
	const instances = [...names.instances, ...(names.staging?.instances ?? [])];
	const roles = () =>
		new Set(instances.map(({ role: instance, slot }) => addressOf({ instance, ...(slot && { slot }) })));
	const words = line.trimStart().split(/\s+/);
	const typed = words.at(-1) ?? '';
	const candidates = (): readonly string[] => {
		const [command = ''] = words;
		switch (words.length) {
			case 1:
				return [...Object.keys(scriptUsage), 'help'];
			case 2:
				return [
					...(instanceCommands.has(command) ? instances.map(addressOf) : []),
					...(roleCommands.has(command) ? roles() : []),
					...(command === 'wait' ? ['all', ...(names.staging ? ['staging:all'] : [])] : []),
					...(names.staging && takesSlot(command) ? ['staging'] : []),
				];
			case 3:
				return command === 'wait' ? ['Ready', 'Busy', 'Stopped', 'Recycling'] : [];
			default:
				return [];
		}
	};
	return [candidates().filter(word => word.toLowerCase().startsWith(typed.toLowerCase())), typed];
}
