import assert from 'node:assert/strict';
import { type ChannelReader, channelKindOf } from '../../src/node/runtimeProtocol/channels';
import { cutMessages, readCurrentState } from '../../src/node/runtimeProtocol/currentState';
import { goalStates } from '../../src/node/runtimeProtocol/goalStates';
import { FakeClock } from '../support/fakeWorld';

suite('The runtime protocol', () => {
	suite('which channels a program gets', () => {
		const kinds: Record<string, 'socket' | 'fifo'> = {
			'node worker.js': 'socket',
			'worker.js': 'socket',
			'java -cp . Worker': 'fifo',
			'"C:\\Program Files\\Java\\bin\\java.exe" -jar a.jar': 'fifo',
			'jre/bin/java Worker': 'fifo',
			'php worker.php': 'fifo',
			'php8.2 worker.php': 'fifo',
			'python3.11 worker.py': 'fifo',
			'ruby worker.rb': 'fifo',
			'worker.py': 'fifo',
			'sh start.sh': 'socket',
			'javascript-runner a': 'socket',
			'': 'socket',
		};
		for (const [commandLine, kind] of Object.entries(kinds)) {
			test(`${commandLine || 'nothing'}: ${kind}`, () => assert.equal(channelKindOf(commandLine), kind));
		}
	});

	suite('messages that follow each other in a stream', () => {
		const one = '<?xml version="1.0"?>\n<CurrentState><a/></CurrentState>';
		const streams: Record<string, { text: string; messages: readonly string[]; rest: string }> = {
			'one and a half': { text: `${one}\n${one.slice(0, 30)}`, messages: [one], rest: one.slice(0, 30) },
			'two without anything between': { text: one + one, messages: [one, one], rest: '' },
			'words and documents': { text: `Busy\r\n${one}Ready\n`, messages: ['Busy\r\n', one, 'Ready\n'], rest: '' },
			'half a word': { text: ' Bu', messages: [], rest: 'Bu' },
			nothing: { text: '\n\n', messages: [], rest: '' },
			'what never ends': { text: '<'.repeat(70_000), messages: [], rest: '' },
		};
		for (const [title, { text, ...cut }] of Object.entries(streams)) {
			test(title, () => assert.deepEqual(cutMessages(text), cut));
		}
	});

	suite('the status in a word', () => {
		const words: Record<string, string | undefined> = {
			'Ready\n': 'Started',
			' busy ': 'Busy',
			Recycle: 'Recycle',
			release: 'Release',
			Stopped: undefined,
			constructor: undefined,
		};
		for (const [word, status] of Object.entries(words)) {
			test(JSON.stringify(word), () => assert.equal(readCurrentState(word)?.status, status));
		}
	});

	suite('goal states', () => {
		const goal = (incarnation: number) => ({
			incarnation,
			expectedState: 'Started' as const,
			environmentFile: '/e.xml',
			currentStateEndpoint: '/c',
			deadline: '9999-12-31T23:59:59.9999999',
		});

		function pass(clock: FakeClock, milliseconds: number): void {
			const end = clock.now() + milliseconds;
			while (clock.runNext(end)) {
				// The next alarm may set others.
			}
			clock.set(end);
		}

		/** A client that only listens; what it was given, as incarnations. */
		function reader(): ChannelReader & { readonly given: number[]; leave(): void } {
			let there = true;
			const given: number[] = [];
			return {
				given,
				write: text => given.push(Number(/<Incarnation>(\d+)/.exec(text)?.[1])),
				end: () => {},
				isThere: () => there,
				leave: () => {
					there = false;
				},
			};
		}

		test('a reader gets the next when it has answered, or after a pause; what waited is the latest', () => {
			const clock = new FakeClock();
			const goals = goalStates(goal(1), clock);
			const first = reader();
			goals.addReader(first);
			goals.publish(goal(2));
			goals.publish(goal(3));
			assert.deepEqual(first.given, [1]);
			goals.acknowledged(1);
			assert.deepEqual(first.given, [1, 3]);
			goals.publish(goal(4));
			pass(clock, 250);
			assert.deepEqual(first.given, [1, 3, 4]);
			goals.dispose();
		});

		test('readers that come again and again do not keep the others waiting, and get what is in force', () => {
			const clock = new FakeClock();
			const goals = goalStates(goal(1), clock);
			const patient = reader();
			goals.addReader(patient);
			goals.publish(goal(2));
			for (let turn = 0; turn < 30; turn++) {
				const polling = reader();
				goals.addReader(polling);
				polling.leave();
				assert.deepEqual(polling.given, [2]);
				pass(clock, 10);
			}
			assert.deepEqual(patient.given, [1, 2]);
			patient.leave();
			assert.equal(goals.hasReader(), false);
			goals.dispose();
		});
	});
});
