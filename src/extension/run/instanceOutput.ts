import * as vscode from 'vscode';
import type { JournalEntry } from '../../lifecycle/journal/journal';
import { entryText } from '../../lifecycle/journal/journalText';
import { addressOf } from '../../lifecycle/slots';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { RunningServices } from './runningServices';

/**
 * An output channel for each instance, made when it has its first line, and one for what the fabric does with a service.
 * They stay when a service ends, since what went wrong is read then; its next run writes on below.
 */
export class InstanceOutput implements vscode.Disposable {
	private readonly channels = new Map<string, vscode.OutputChannel>();
	private readonly listening: vscode.Disposable;

	constructor(
		running: RunningServices,
		private readonly index: ServiceIndex,
	) {
		this.listening = vscode.Disposable.from(
			running.onDidPrepare(({ definition, text }) => this.append(definition, undefined, [text])),
			running.onDidWriteEntry(({ definition, entry }) => this.write(definition, entry)),
		);
	}

	dispose(): void {
		vscode.Disposable.from(this.listening, ...this.channels.values()).dispose();
	}

	/** What an instance wrote; without an instance, what the fabric did with the service. */
	show(definition: string, instance?: string): void {
		this.channelOf(definition, instance).show(true);
	}

	private write(definition: string, entry: JournalEntry): void {
		const { lines } = entryText(entry);
		if (lines.length === 0) {
			return;
		}
		const { instance } = entry;
		const address = instance === undefined ? undefined : addressOf({ ...entry, instance });
		if (entry.event === 'output' && address !== undefined) {
			this.append(definition, address, lines);
			return;
		}
		const [first = '', ...more] = lines;
		const time = timeOf(entry);
		const who = address === undefined ? '' : `${address} `;
		this.append(definition, undefined, [`${time} ${who}${first}`, ...more]);
		if (address !== undefined && isTurn(entry)) {
			this.append(definition, address, [`── ${time} ${first}`, ...more]);
		}
	}

	private append(definition: string, instance: string | undefined, lines: readonly string[]): void {
		this.channelOf(definition, instance).appendLine(lines.join('\n'));
	}

	private channelOf(definition: string, instance: string | undefined): vscode.OutputChannel {
		const key = `${definition}\n${instance ?? ''}`;
		const service = this.index.serviceAt(definition)?.name ?? definition;
		const name = instance === undefined ? service : `${service}: ${instance}`;
		const channel = this.channels.get(key) ?? vscode.window.createOutputChannel(name);
		this.channels.set(key, channel);
		return channel;
	}
}

/** The address behind a button that shows what the fabric did with a service, or what its build wrote. */
export function linkToOutput(service: string): string {
	return `command:rolewright.showOutput?${encodeURIComponent(JSON.stringify([service]))}`;
}

/** What the reader of an instance's own lines wants to see between them. */
function isTurn(entry: JournalEntry): boolean {
	switch (entry.event) {
		case 'state':
		case 'restart':
		case 'error':
			return true;
		case 'call':
			return entry.phase === 'end' && entry.error !== undefined;
		default:
			return false;
	}
}

/** The time of day, as the clock on the wall shows it. */
function timeOf({ at }: JournalEntry): string {
	const time = new Date(at);
	const two = (part: number) => String(part).padStart(2, '0');
	const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
	return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}
