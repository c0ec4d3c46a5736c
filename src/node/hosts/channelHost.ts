import { textOfError } from '../../base/failure';
import type { FromHost, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleLife, RoleProcess } from '../../lifecycle/roleHost';
import { wallClock } from '../clock';
import { childEnvironment } from '../processes/childEnvironment';
import { type Exit, type RunningProcess, startProcess } from '../processes/processes';
import type { ProcessRecord } from '../processes/processStart';
import type { HostChannel, HostConnection, Message } from './hostChannel';
import { hostMessage } from './hostMessages';

/** A role host that speaks the host channel: how its process is started. */
export interface ChannelHostStart {
	readonly channel: HostChannel;
	readonly record?: ProcessRecord;
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd: string;
	/** Over the environment of the fabric and the variables of the life. */
	readonly variables?: Readonly<Record<string, string | undefined>>;
	/** A host in reserve is started before its life is known; its variables are all in `variables` then. */
	readonly life: RoleLife | Promise<RoleLife>;
	/** A host in reserve has done what it could do beforehand. */
	readonly warm?: () => void;
	/** `The C# host`: the subject of the sentences about it. */
	readonly name: string;
	/** False for a line that the runtime says on its own account and that is not the role's output. */
	readonly isOutput?: (stream: 'stdout' | 'stderr', text: string) => boolean;
	/** Milliseconds of wall time until its hello; 30 s by default. */
	readonly helloLimit?: number;
}

/** A host that has lost its connection ends itself; one that does not is ended after this time. */
const lostLimit = 2_000;

/** What an ended host has left in the connection arrives within this time, or never. */
const drainLimit = 500;

/**
 * Starts the process of a role host and speaks the host channel with it. Whatever goes wrong is told in one `failed` with
 * a sentence; `exited` is always the last word.
 */
export function startChannelHost(start: ChannelHostStart, heard: (message: FromHost) => void): RoleProcess {
	const errorLines: string[] = [];
	const waiting: ToHost[] = [];
	let connection: HostConnection | undefined;
	/** The host knows its life. */
	let begun = false;
	let running: RunningProcess | undefined;
	let said: 'nothing' | 'hello' | 'failure' = 'nothing';
	let killed = false;
	let connectionEnded = (): void => {};
	const disconnected = new Promise<void>(resolve => {
		connectionEnded = resolve;
	});

	const fail = (text: string): void => {
		if (said !== 'failure') {
			said = 'failure';
			heard({ type: 'failed', text });
		}
		running?.kill();
	};
	const output = (stream: 'stdout' | 'stderr', text: string): void => {
		if (start.isOutput?.(stream, text) === false) {
			return;
		}
		if (stream === 'stderr' && said === 'nothing' && errorLines.length < 20) {
			errorLines.push(text);
		}
		heard({ type: 'output', stream, text });
	};
	const take = (message: Message): void => {
		if (message.type === 'warm') {
			start.warm?.();
			return;
		}
		const known = hostMessage(message);
		if (known) {
			heard(known);
		} else {
			heard({ type: 'note', text: `${start.name} sent a message that is not understood: '${message.type}'.` });
		}
	};

	const begin = (life: RoleLife, to: HostConnection): void => {
		const { variables: _, ...told } = life;
		to.send({ type: 'life', ...told });
		begun = true;
		for (const message of waiting.splice(0)) {
			to.send(message);
		}
	};

	const run = async (): Promise<Exit> => {
		const expected = await start.channel.expect({
			connected: (hello, from) => {
				const known = hostMessage(hello);
				if (known?.type !== 'hello') {
					fail(`${start.name} said a hello that is not understood; it belongs to another version of Rolewright.`);
					return;
				}
				said = 'hello';
				connection = from;
				if (start.life instanceof Promise) {
					void start.life.then(life => begin(life, from));
				} else {
					begin(start.life, from);
				}
				heard(known);
			},
			message: take,
			garbage: line =>
				heard({
					type: 'note',
					text: `${start.name} sent a line that is no message: ${JSON.stringify(line.slice(0, 80))}.`,
				}),
			closed: connectionEnded,
			refused: protocol =>
				fail(
					`${start.name} speaks version ${String(protocol)} of the host channel, which this version of Rolewright does not; install both anew.`,
				),
		});
		if (killed) {
			expected.dispose();
			return {};
		}
		running = startProcess({
			run: { command: start.command, args: start.args },
			cwd: start.cwd,
			env: childEnvironment(
				start.life instanceof Promise ? {} : start.life.variables,
				start.variables ?? {},
				expected.variables,
			),
			line: output,
			...(start.record && { record: start.record }),
		});
		const helloLimit = start.helloLimit ?? 30_000;
		const limit = wallClock.after(helloLimit, () => {
			if (said === 'nothing') {
				fail(
					`${start.name} was started but did not report within ${helloLimit / 1000} s, so it was ended; see its output, then recycle the instance.`,
				);
			}
		});
		const ended = running;
		void disconnected.then(() => {
			const lost = wallClock.after(lostLimit, () => ended.kill());
			void ended.exited.then(() => lost.dispose());
		});
		const exit = await running.exited;
		limit.dispose();
		expected.dispose();
		return exit;
	};

	const end = async (exit: Exit): Promise<void> => {
		if (connection) {
			await settled(disconnected, drainLimit);
			connection.close();
		} else if (!killed) {
			fail(exit.failure ?? earlyEnd(start.name, exit, errorLines));
		}
		heard({ type: 'exited', ...exitFields(exit) });
	};

	void run()
		.catch((error: unknown): Exit => {
			return { failure: `${start.name} could not be started: ${textOfError(error)}.` };
		})
		.then(end);

	return {
		send: message => {
			if (connection && begun) {
				connection.send(message);
			} else {
				waiting.push(message);
			}
		},
		kill: () => {
			killed = true;
			running?.kill();
		},
	};
}

/** The end of a process as the fabric hears it. */
export function exitFields(exit: Exit): { readonly exitCode?: number; readonly signal?: string } {
	return {
		...(exit.exitCode !== undefined && { exitCode: exit.exitCode }),
		...(exit.signal !== undefined && { signal: exit.signal }),
	};
}

function earlyEnd(name: string, exit: Exit, errorLines: readonly string[]): string {
	const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.exitCode ?? 'unknown'}`;
	const why = errorLines
		.map(line => line.trim())
		.find(line => /error|exception|cannot|not found|failed/i.test(line) && !line.endsWith(':'));
	const reason = why ?? errorLines.find(line => line.trim() !== '')?.trim();
	return `${name} ${how} before it reported${reason ? `: ${reason}` : '; it wrote nothing about why'}.`;
}

async function settled(promise: Promise<void>, limit: number): Promise<void> {
	await new Promise<void>(resolve => {
		const timer = wallClock.after(limit, resolve);
		void promise.then(() => {
			timer.dispose();
			resolve();
		});
	});
}
