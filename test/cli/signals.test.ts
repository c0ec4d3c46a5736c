import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { isReaderGone, onSignals } from '../../src/cli/signals';
import { FakeClock } from '../support/fakeWorld';

suite('the signals that end a run', () => {
	const io = {
		stdout: { write: () => {} },
		stderr: { write: () => {} },
		stdin: Readable.from([]),
		env: {},
		cwd: '/',
		isTerminal: false,
	};

	/** What came of a signal, and of the time after it. */
	function after(signal: NodeJS.Signals, platform: NodeJS.Platform, milliseconds: number): string {
		const clock = new FakeClock();
		const signals = onSignals(io, platform, clock);
		process.emit(signal);
		clock.runNext(clock.now() + milliseconds);
		const { first, second } = signals;
		signals.dispose();
		return `${signals.exitCode()} ${first.aborted ? 'stops' : 'runs'}${second.aborted ? ' at once' : ''}`;
	}

	test('a console of Windows that is closed leaves little time', () => {
		assert.equal(after('SIGHUP', 'win32', 4_999), '129 stops');
		assert.equal(after('SIGHUP', 'win32', 5_000), '129 stops at once');
		assert.equal(after('SIGHUP', 'linux', 60_000), '129 stops');
		assert.equal(after('SIGINT', 'win32', 60_000), '130 stops');
	});

	test('a reader that has gone is no error, in the words of every system', () => {
		const codes = ['EPIPE', 'EOF', 'ENOSPC', 'EIO'];
		assert.deepEqual(
			codes.map(code => isReaderGone(Object.assign(new Error(), { code }))),
			[true, true, false, false],
		);
	});

	test('Ctrl+Break stops in order', () => assert.equal(after('SIGBREAK', 'win32', 0), '149 stops'));
});
