import { connect, type Socket } from 'node:net';
import type { DebugTarget } from '../../src/lifecycle/hostVocabulary';
import { webSocketReader, webSocketRequest, webSocketText } from '../../src/node/debugging/webSocketFrames';

type Answer = { readonly id?: number; readonly method?: string; readonly params?: unknown };

/** The smallest debugger: finds the target as an editor does, sets a breakpoint, and waits for it. */
export class InspectorClient {
	private next = 0;
	private readonly answers: Answer[] = [];
	private heard = (): void => {};

	private constructor(private readonly socket: Socket) {}

	static async attach(target: DebugTarget | undefined): Promise<InspectorClient> {
		if (target?.kind !== 'node') {
			throw new Error('no target of a debugger');
		}
		const list = await fetch(`http://${target.address}:${target.port}/json/list`);
		const [{ webSocketDebuggerUrl }] = (await list.json()) as [{ webSocketDebuggerUrl: string }];
		const url = new URL(webSocketDebuggerUrl);
		const socket = connect(Number(url.port), url.hostname);
		const client = new InspectorClient(socket);
		await new Promise<void>(upgraded => {
			const read = webSocketReader({
				upgraded,
				text: text => {
					client.answers.push(JSON.parse(text));
					client.heard();
				},
			});
			socket.on('data', read);
			socket.write(webSocketRequest(Number(url.port), url.pathname));
		});
		return client;
	}

	async ask(method: string, params: object = {}): Promise<void> {
		this.next += 1;
		const id = this.next;
		this.socket.write(webSocketText(JSON.stringify({ id, method, params })));
		await this.until(answer => answer.id === id);
	}

	async until(wanted: (answer: Answer) => boolean): Promise<Answer> {
		for (;;) {
			const found = this.answers.find(wanted);
			if (found) {
				return found;
			}
			await new Promise<void>(resolve => {
				this.heard = resolve;
			});
		}
	}

	/** Breakpoint, then run; resolves when the process stands there. */
	async stopsAt(urlRegex: string, lineNumber: number): Promise<void> {
		await this.ask('Runtime.enable');
		await this.ask('Debugger.enable');
		await this.ask('Debugger.setBreakpointByUrl', { urlRegex, lineNumber });
		await this.ask('Runtime.runIfWaitingForDebugger');
		await this.until(answer => answer.method === 'Debugger.paused');
	}

	detach(): void {
		this.socket.destroy();
	}
}
