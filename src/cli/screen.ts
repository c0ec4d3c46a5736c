import { clearLine, cursorTo, type Interface } from 'node:readline';
import type { Disposable } from '../base/emitter';
import type { Io } from './io';

/** Standard output that keeps a prompt, where there is one, below everything that is printed. */
export interface Screen {
	print(text: string): void;
	showPrompt(prompt: Interface): Disposable;
}

export function openScreen(io: Io): Screen {
	let prompt: Interface | undefined;
	return {
		print: text => {
			if (prompt) {
				cursorTo(process.stderr, 0);
				clearLine(process.stderr, 0);
			}
			io.stdout.write(text);
			// With what was typed so far.
			prompt?.prompt(true);
		},
		showPrompt: shown => {
			prompt = shown;
			shown.prompt();
			return {
				dispose: () => {
					prompt = undefined;
				},
			};
		},
	};
}
