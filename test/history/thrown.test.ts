import assert from 'node:assert/strict';
import { placeIn, placeText, readThrown } from '../../src/history/thrown';

/** `what threw: type: message @ where the code was (where Run was)`. */
function told(text: string): string | undefined {
	const thrown = readThrown(text);
	const place = thrown?.place ? ` @ ${placeText(thrown.place)}` : '';
	const run = thrown?.runPlace ? ` (${placeText(thrown.runPlace)})` : '';
	return thrown && `${thrown.by ?? '?'}: ${thrown.type}: ${thrown.message}${place}${run}`;
}

const cases: readonly (readonly [name: string, text: string, expected: string | undefined])[] = [
	[
		'.NET',
		`System.InvalidOperationException: no orders
   at Shop.QueueClient.Receive(String name) in /src/Shop/QueueClient.cs:line 12
   at Shop.Worker.Run() in /src/Shop/Worker.cs:line 41`,
		'QueueClient.Receive: System.InvalidOperationException: no orders @ QueueClient.cs:12 (Worker.cs:41)',
	],
	[
		'.NET, inside another one, in a library without lines',
		`Unhandled exception. System.AggregateException: One or more errors occurred. (gone)
 ---> Azure.RequestFailedException: The queue does not exist.
   at Azure.Storage.Queues.QueueClient.ReceiveMessages(Int32 max)
   at Shop.Worker.<Pull>d__3.MoveNext() in C:\\src\\Worker.cs:line 33
   --- End of inner exception stack trace ---
   at Shop.Worker.Run() in C:\\src\\Worker.cs:line 20`,
		'QueueClient.ReceiveMessages: Azure.RequestFailedException: The queue does not exist. @ Worker.cs:33 (Worker.cs:20)',
	],
	[
		'JavaScript',
		`TypeError: queue is not a function
    at pull (/home/me/shop/worker.js:9:11)
    at exports.run (/home/me/shop/worker.js:21:9)
    at async node:internal/main:5:3`,
		'pull: TypeError: queue is not a function @ worker.js:9 (worker.js:21)',
	],
	[
		'JavaScript, a module with a cause in a library',
		`Error: stopped
    at run (file:///C:/shop/worker.mjs:3:9) {
  [cause]: RangeError: too many
      at check (C:\\shop\\node_modules\\limit\\index.js:1:1)`,
		'check: RangeError: too many @ worker.mjs:3 (worker.mjs:3)',
	],
	[
		'Python',
		`Traceback (most recent call last):
  File "/src/worker.py", line 12, in run
    pull()
  File "/src/worker.py", line 5, in pull
    raise ValueError("no orders")
ValueError: no orders`,
		'pull: ValueError: no orders @ worker.py:5 (worker.py:12)',
	],
	[
		'Java',
		`Exception in thread "main" java.lang.IllegalStateException: no orders
	at shop.Queue.receive(Queue.java:7)
	at shop.Worker.run(Worker.java:20)`,
		'Queue.receive: java.lang.IllegalStateException: no orders @ Queue.java:7 (Worker.java:20)',
	],
	['a line alone', 'System.TimeoutException: too late', '?: System.TimeoutException: too late'],
	['no exception', 'the queue is empty', undefined],
	['a word that looks like one', 'Error handling is on', undefined],
	['nothing', '', undefined],
];

suite('an exception as a run-time wrote it', () => {
	for (const [name, text, expected] of cases) {
		test(name, () => assert.equal(told(text), expected));
	}

	test('a line of a stack leads to the code', () => {
		const lines = [
			'   at Shop.Worker.Run() in /src/Worker.cs:line 41',
			'    at exports.run (/shop/worker.js:21:9)',
			'  File "/src/worker.py", line 12, in run',
			'    at node:internal/main:5:3',
			'at the counter',
		];
		const places = lines.map(line => placeIn(line)).map(place => place && placeText(place));
		assert.deepEqual(places, ['Worker.cs:41', 'worker.js:21', 'worker.py:12', undefined, undefined]);
	});
});
