import { setTimeout as wait } from 'node:timers/promises';
import type { FromHost } from '../../src/lifecycle/hostVocabulary';

/** Everything a host said, to be awaited and to be compared as words. */
export class HeardMessages {
	readonly all: FromHost[] = [];
	private waiting: (() => void)[] = [];

	readonly hear = (message: FromHost): void => {
		this.all.push(message);
		for (const check of this.waiting) {
			check();
		}
	};

	/** The first message of these words, once it is there; fails with everything heard when it does not come. */
	async until(words: string | RegExp, limit = 15_000): Promise<FromHost> {
		const matches = (message: FromHost): boolean =>
			typeof words === 'string' ? inWords(message) === words : words.test(inWords(message));
		const expired = new AbortController();
		const found = new Promise<FromHost>(resolve => {
			const check = (): void => {
				const message = this.all.find(matches);
				if (message) {
					resolve(message);
				}
			};
			this.waiting.push(check);
			check();
		});
		const late = wait(limit, undefined, { signal: expired.signal }).then(() => {
			throw new Error(`'${words}' did not come; heard:\n${this.words().join('\n')}`);
		});
		try {
			return await Promise.race([found, late]);
		} finally {
			expired.abort();
			late.catch(() => {});
		}
	}

	/** Whatever is heard next. */
	next(): Promise<void> {
		return new Promise(resolve => this.waiting.push(resolve));
	}

	words(): string[] {
		return this.all.map(inWords);
	}

	/** Without output and notes: what the fabric acts on. */
	calls(): string[] {
		return this.all.filter(({ type }) => type !== 'output' && type !== 'note').map(inWords);
	}

	output(): string[] {
		return this.all.flatMap(message => (message.type === 'output' ? [message.text] : []));
	}
}

export function inWords(message: FromHost): string {
	switch (message.type) {
		case 'hello':
			return `hello ${message.role}`;
		case 'output':
			return `${message.stream}: ${message.text}`;
		case 'exited':
			return `exited ${message.signal ?? message.exitCode ?? ''}`.trim();
		case 'failed':
			return `failed: ${message.text}`;
		case 'debugger':
			return message.attached ? 'debugger attached' : 'debugger detached';
		case 'call': {
			const end = message.phase === 'end' ? message : undefined;
			const result = end?.result === undefined ? '' : ` ${JSON.stringify(end.result)}`;
			return `${message.call} ${message.phase}${result}${end?.error ? ` ${end.error.type}` : ''}`;
		}
		case 'fault':
			return `fault ${message.error.type}: ${message.error.message}`;
		case 'status':
			return `status ${message.status}`;
		case 'note':
			return `note: ${message.text}`;
		default:
			return message.type;
	}
}
