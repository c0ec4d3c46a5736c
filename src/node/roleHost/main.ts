/**
 * The JavaScript role host: one process per life of an instance, started by the fabric (nodeHost.ts). It speaks the host
 * channel (docs/host-channel.md) and runs a module that exports `onStart`, `run` and `onStop`.
 */
import inspector from 'node:inspector';
import type { DebugTarget, ToHost } from '../../lifecycle/hostVocabulary';
import type { RoleLife } from '../../lifecycle/roleHost';
import { type Connection, connectToFabric, exitCodes } from './connection';
import { reportFaults } from './faults';
import { type RoleRun, roleRun } from './roleRun';

const variables = ['ROLEWRIGHT_HOST_ADDRESS', 'ROLEWRIGHT_HOST_TOKEN', 'ROLEWRIGHT_HOST_PROTOCOL'] as const;

function main(): void {
	const [address, token, protocol] = variables.map(name => {
		const value = process.env[name];
		// The role must not find the fabric's door, nor hand the key to its own children.
		delete process.env[name];
		return value;
	});
	if (!address || !token || protocol !== '1') {
		process.stderr.write('This program runs a JavaScript role for Rolewright; start the role with `rolewright run`.\n');
		process.exit(2);
	}
	let run: RoleRun | undefined;
	const connection = connectToFabric(address, message => {
		if (message.type === 'life') {
			run ??= roleRun(message as unknown as RoleLife, connection);
		} else {
			take(message as unknown as ToHost, run, connection);
		}
	});
	reportFaults(connection);
	connection.send({
		type: 'hello',
		protocol: 1,
		token,
		pid: process.pid,
		runtime: `Node.js ${process.versions.node}`,
		role: 'host',
		...debugTarget(),
	});
}

function take(message: ToHost, run: RoleRun | undefined, connection: Connection): void {
	if (!run) {
		// Stopped before it knew its life: there is no role to ask.
		connection.exit(exitCodes.stopped);
		return;
	}
	const answer: ((run: RoleRun, message: never, connection: Connection) => void) | undefined = answers[message.type];
	if (answer) {
		answer(run, message as never, connection);
	} else {
		connection.send({ type: 'note', text: `The JavaScript host does not know the message '${message.type}'.` });
	}
}

/** What each message of the fabric makes the role do. */
const answers: {
	readonly [Type in ToHost['type']]: (run: RoleRun, message: ToHost & { type: Type }, connection: Connection) => void;
} = {
	start: run => run.start(),
	go: run => run.go(),
	debug: (_run, _message, connection) => {
		inspector.open(0, '127.0.0.1');
		connection.send({ type: 'reachable', target: debugTarget().debug });
	},
	changing: (run, { changes }) => run.changing('Changing', changes),
	changed: (run, { changes, environment }) => run.changed('Changed', changes, environment),
	simultaneousChanging: (run, { changes }) => run.changing('SimultaneousChanging', changes),
	simultaneousChanged: (run, { changes, environment }) => run.changed('SimultaneousChanged', changes, environment),
	checkStatus: run => run.checkStatus(),
	stop: (run, { raiseStopping }) => run.stop(raiseStopping),
	// These are for VM roles, which have no such host.
	restartService: () => {},
	crashService: () => {},
};

/** Where the inspector listens, when the fabric has started this process with one. */
function debugTarget(): { readonly debug?: DebugTarget } {
	const url = inspector.url();
	return url ? { debug: { kind: 'node', address: '127.0.0.1', port: Number(new URL(url).port) } } : {};
}

main();
