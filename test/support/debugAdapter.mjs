#!/usr/bin/env node
// The tests' own .NET debugger: speaks the debug adapter protocol on its standard input and output, and "attaches" to any
// process that lives. It writes what it is asked, and what it finds, to the file ROLEWRIGHT_TEST_DEBUGGER_LOG, one JSON
// object a line. With ROLEWRIGHT_TEST_DEBUGGER=silent it never answers an attach; with `lost` it dies after one, with
// `lostAtStop` when it has had the process stand. As netcoredbg does, it answers nothing after a disconnect, and ends with
// its input.
import { appendFileSync } from 'node:fs';

const { ROLEWRIGHT_TEST_DEBUGGER_LOG: log, ROLEWRIGHT_TEST_DEBUGGER: manner } = process.env;
let sequence = 1;
let hasLeft = false;
let rest = Buffer.alloc(0);

process.stdin.on('data', chunk => {
	rest = Buffer.concat([rest, chunk]);
	for (;;) {
		const header = rest.indexOf('\r\n\r\n');
		const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, header).toString())?.[1]);
		if (header < 0 || rest.length < header + 4 + length) {
			return;
		}
		const body = rest.subarray(header + 4, header + 4 + length).toString();
		rest = rest.subarray(header + 4 + length);
		answer(JSON.parse(body));
	}
});
process.stdin.once('end', () => process.exit(0));

function answer(request) {
	if (hasLeft) {
		write({ unheard: request.command });
		return;
	}
	switch (request.command) {
		case 'initialize':
			respond(request, { supportsConfigurationDoneRequest: true });
			send({ type: 'event', event: 'initialized' });
			return;
		case 'attach':
			attach(request);
			return;
		case 'setBreakpoints':
			respond(request, { breakpoints: request.arguments.breakpoints.map(() => ({ verified: false })) });
			return;
		case 'threads':
			respond(request, { threads: [] });
			return;
		case 'disconnect':
			write({ request: 'disconnect', terminateDebuggee: request.arguments?.terminateDebuggee ?? false });
			respond(request);
			hasLeft = true;
			return;
		default:
			respond(request);
	}
}

function attach(request) {
	const { processId } = request.arguments;
	write({ request: 'attach', processId, lives: lives(processId) });
	if (manner === 'silent') {
		return;
	}
	respond(request);
	// A debugger sees the end of its process; this one has to look.
	setInterval(() => {
		if (!lives(processId)) {
			write({ saw: 'end', processId });
			send({ type: 'event', event: 'terminated' });
			process.exit(0);
		}
	}, 50);
}

function lives(processId) {
	try {
		return process.kill(processId, 0);
	} catch {
		return false;
	}
}

function respond(request, body = {}) {
	const { seq, command } = request;
	send({ type: 'response', request_seq: seq, command, success: true, body });
	if (command === 'configurationDone' && manner === 'lostAtStop') {
		send({ type: 'event', event: 'stopped', body: { reason: 'breakpoint', threadId: 1, allThreadsStopped: true } });
	}
	if (command === 'configurationDone' && manner?.startsWith('lost')) {
		process.exit(1);
	}
}

function send(message) {
	const body = Buffer.from(JSON.stringify({ seq: sequence++, ...message }));
	process.stdout.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
}

function write(line) {
	if (log) {
		appendFileSync(log, `${JSON.stringify(line)}\n`);
	}
}
