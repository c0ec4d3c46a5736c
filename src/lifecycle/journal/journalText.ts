import { durationText } from '../duration';
import { exitText } from '../exitCodes';
import type { JournalEntry, JournalEvent, RoleError } from './journal';

/** How a line is meant, for its colour. */
export type Tone = 'plain' | 'good' | 'bad' | 'quiet' | 'own';

/** An entry for people, a line or more; `own` is what the role itself wrote. */
export function entryText(entry: JournalEntry): { readonly lines: readonly string[]; readonly tone: Tone } {
	const [tone, ...lines] = wordsOf(entry);
	return { tone, lines: lines.flatMap(line => line.split(/\r?\n/)) };
}

type Words = readonly [Tone, ...string[]];

function wordsOf(event: JournalEvent): Words {
	switch (event.event) {
		case 'state':
			return [event.state === 'ReadyRole' ? 'good' : 'plain', event.text];
		case 'step':
			return event.phase === 'begin' ? ['quiet', `${event.step}/9 ${event.text}`] : ['quiet'];
		case 'process':
			return ['quiet', processText(event)];
		case 'call':
			return callWords(event);
		case 'output':
			return [
				event.stream === 'stderr' || event.level === 'error' || event.level === 'critical' ? 'bad' : 'own',
				event.text,
			];
		case 'command':
			return ['quiet', `> ${event.command}${event.by === 'stdin' ? '' : ` (${event.by})`}`];
		case 'restart':
			return ['bad', restartText(event)];
		case 'disk':
			return ['quiet', `disk ${event.disk}${event.name ? ` '${event.name}'` : ''} ${event.effect}: ${event.why}`];
		case 'endpoint':
			return ['plain', endpointText(event)];
		case 'rotation':
			return ['quiet', rotationText(event)];
		case 'configuration':
			return ['plain', ...event.changes.map(differenceText)];
		case 'debugger':
			return ['plain', event.phase === 'waiting' ? 'waits for a debugger' : `debugger ${event.phase}`];
		case 'status':
			return ['plain', `deployment ${event.deployment}`, ...event.instances.map(statusText)];
		case 'error':
			return ['bad', event.text];
		case 'note':
			return ['plain', event.text];
	}
}

function processText(event: JournalEvent & { event: 'process' }): string {
	const what = `${event.role} process ${event.pid}${event.text ? ` (${event.text})` : ''}`;
	if (event.phase === 'started') {
		return `${what} started`;
	}
	return `${what} ended${event.signal ? ` by ${event.signal}` : event.exitCode === undefined ? '' : ` with ${exitText(event).replace(/^exit /, '')}`}`;
}

function callWords(event: JournalEvent & { event: 'call' }): Words {
	if (event.phase === 'begin') {
		return ['quiet', `${event.call} begins`];
	}
	if (event.error) {
		return ['bad', `${event.call} threw ${errorText(event.error)}`];
	}
	return ['quiet', `${event.call} returned${isNothing(event.result) ? '' : ` ${JSON.stringify(event.result)}`}`];
}

/** What a call returns that has nothing to say. */
function isNothing(result: unknown): boolean {
	return result === undefined || result === null;
}

/** A stack repeats the message; in some run-times it does not. */
function errorText({ type, message, stack }: RoleError): string {
	if (stack?.includes(message)) {
		return stack;
	}
	return [`${type}: ${message}`, ...(stack ? [stack] : [])].join('\n');
}

function restartText({ cause, delay }: JournalEvent & { event: 'restart' }): string {
	const links = cause.map(({ what, detail, file, line }) => {
		const place = file === undefined ? '' : ` at ${file}${line === undefined ? '' : `:${line}`}`;
		return `${what}${detail ? ` (${detail})` : ''}${place}`;
	});
	return `restarts ${delay > 0 ? `in ${durationText(delay)}` : 'now'}: ${links.join(', so ')}`;
}

function rotationText({ rotation, endpoint, why }: JournalEvent & { event: 'rotation' }): string {
	const where = `${rotation === 'in' ? 'in' : 'out of'} the load balancer's rotation`;
	return `${where}${endpoint === undefined ? '' : ` of endpoint ${endpoint}`}: ${why}`;
}

function endpointText(event: JournalEvent & { event: 'endpoint' }): string {
	const { endpoint, address, port, phase, balanced, declaredPort } = event;
	const instead = declaredPort === undefined ? '' : ` in place of port ${declaredPort}`;
	return `${balanced ? 'public ' : ''}endpoint ${endpoint} ${phase} at ${address}:${port}${instead}`;
}

function differenceText({ role, setting, from, to }: (JournalEvent & { event: 'configuration' })['changes'][number]) {
	const what = setting === undefined ? `instances of ${role}` : `setting ${setting} of ${role}`;
	return `${what}: ${from ?? 'none'} → ${to ?? 'none'}`;
}

function statusText({
	instance,
	text,
	life,
	pid,
	endpoints,
}: (JournalEvent & { event: 'status' })['instances'][number]) {
	const places = endpoints.map(({ endpoint, address, port, publicPort, declaredPort, inRotation }) => {
		const instead = declaredPort === undefined ? '' : ` in place of ${declaredPort}`;
		const front = publicPort === undefined ? '' : ` (public port ${publicPort}${instead})`;
		return `${endpoint} ${address}:${port}${front}${inRotation === false ? ' out of rotation' : ''}`;
	});
	return [instance, text, `life ${life}`, ...(pid === undefined ? [] : [`process ${pid}`]), ...places].join('  ');
}
