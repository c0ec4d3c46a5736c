/** What a program says of itself: one message of the current-state channel (runtime-protocol.md 2.4). */
export type CurrentState =
	| {
			readonly clientId: string;
			readonly status: 'Started' | 'Busy' | 'Recycle' | 'Stopped';
			readonly incarnation: number;
			/** Milliseconds since 1970. */
			readonly expiration: number;
	  }
	| { readonly clientId: string; readonly status: 'Release' };

/**
 * Reads one message, whichever client wrote it; `undefined` for text that is none. The shape is fixed and flat, the
 * writers are three known libraries, so its few elements are looked for by name. A program without a client writes one
 * word (docs/program-roles.md).
 */
export function readCurrentState(text: string): CurrentState | undefined {
	const word = words.get(text.trim().toLowerCase());
	if (word) {
		return word;
	}
	const clientId = /<StatusLease\b[^>]*?\bClientId\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(text);
	if (!clientId) {
		return undefined;
	}
	const client = { clientId: clientId[1] ?? clientId[2] ?? '' };
	if (/<Release\s*(?:\/>|>)/.test(text)) {
		return { ...client, status: 'Release' };
	}
	const status = statuses.find(each => each === contentOf(text, 'Status'));
	const incarnation = Number(contentOf(text, 'Incarnation'));
	const expiration = readDateTime(contentOf(text, 'Expiration') ?? '');
	return status && Number.isInteger(incarnation) && expiration !== undefined
		? { ...client, status, incarnation, expiration }
		: undefined;
}

/**
 * Cuts a stream in which messages follow each other without an end of file between them: documents, and words that each
 * stand on a line of their own. `rest` is the beginning of what is still to come.
 */
export function cutMessages(text: string): { readonly messages: readonly string[]; readonly rest: string } {
	const messages: string[] = [];
	let rest = text.trimStart();
	for (let end = endOfMessage(rest); end > 0; end = endOfMessage(rest)) {
		messages.push(rest.slice(0, end));
		rest = rest.slice(end).trimStart();
	}
	return { messages, rest: rest.length > longestMessage ? '' : rest };
}

/** No status message is nearly as long. */
const longestMessage = 64 * 1024;

function endOfMessage(text: string): number {
	const end = text.startsWith('<') ? '</CurrentState>' : '\n';
	const at = text.indexOf(end);
	return at < 0 ? 0 : at + end.length;
}

/** Such a program counts no incarnations, and says the same for ever. */
const wordless = { clientId: 'word', incarnation: 0, expiration: Number.MAX_SAFE_INTEGER } as const;

const words: ReadonlyMap<string, CurrentState> = new Map([
	['ready', { ...wordless, status: 'Started' }],
	['busy', { ...wordless, status: 'Busy' }],
	['recycle', { ...wordless, status: 'Recycle' }],
	['release', { clientId: 'word', status: 'Release' }],
]);

const statuses = ['Started', 'Busy', 'Recycle', 'Stopped'] as const;

function contentOf(text: string, name: string): string | undefined {
	return new RegExp(`<${name}\\s*>\\s*([^<]*?)\\s*</${name}\\s*>`).exec(text)?.[1];
}

/** Any xsd:dateTime: with a zone or without one, which is UTC here, and with up to seven digits of a second. */
function readDateTime(text: string): number | undefined {
	const parts = /^(\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(text);
	if (!parts) {
		return undefined;
	}
	const [, seconds, fraction = '', zone = 'Z'] = parts;
	const time = Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
	return Number.isNaN(time) ? undefined : time;
}
