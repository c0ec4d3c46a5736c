import assert from 'node:assert/strict';
import { LineMap } from '../../src/base/lines';
import { checkScenario, type KnownService } from '../../src/scenario/checkScenario';
import { readScenario } from '../../src/scenario/readScenario';
import { scenarioText } from './scenarios';

const service: KnownService = {
	configurations: ['Local', 'Cloud'],
	roles: [
		{ name: 'FrontDesk', count: 2, settings: ['Greeting'], localResources: ['Pages'] },
		{ name: 'Ledger', count: 1, settings: ['FirstNumber', 'ReportSeconds'], localResources: ['Book'] },
	],
};

suite('A scenario and its service', () => {
	const cases: readonly (readonly [steps: string, more: string, ...problems: string[]])[] = [
		[
			'{ "recycle": "FrontDesk_IN_1" }, { "wait": "all", "state": "Ready" }, { "wait": "Ledger", "state": "Ready" }',
			'"build": "auto"',
		],
		[
			'{ "recycle": "FrontDesk_IN_2" }',
			'"build": "auto"',
			'4:14 There is no instance "FrontDesk_IN_2": the role "FrontDesk" has 2 in this scenario.',
		],
		['{ "recycle": "FrontDesk_IN_2" }', '"counts": { "FrontDesk": 3 }'],
		['{ "scale": "FrontDesk", "count": 3 }, { "recycle": "FrontDesk_IN_2" }', '"build": "auto"'],
		['{ "configure": "Cloud" }, { "recycle": "FrontDesk_IN_20" }', '"build": "auto"'],
		['', '"configuration": "cloud"'],
		['', '"configuration": "../Other.cscfg"'],
		['', '"configuration": "Lokal"', '3:18 The service has no configuration "Lokal"; "Local" may be meant.'],
		[
			'{ "recycle": "FrontDesk" }',
			'"build": "auto"',
			'4:14 "FrontDesk" is no instance; instances are FrontDesk_IN_0, Ledger_IN_0.',
		],
		[
			'{ "recycle": "Lodger_IN_0" }',
			'"build": "auto"',
			'4:14 The service has no role "Lodger"; "Ledger" may be meant.',
		],
		[
			'{ "wait": "Shop", "state": "Ready" }',
			'"build": "auto"',
			'4:11 The service has no role "Shop"; its roles are FrontDesk, Ledger.',
		],
		[
			'{ "wait": "Ledger_IN_1", "state": "Ready" }',
			'"build": "auto"',
			'4:11 There is no instance "Ledger_IN_1": the role "Ledger" has 1 in this scenario.',
		],
		[
			'{ "set": "Ledger", "setting": "FirstNumbr", "value": "1" }',
			'"build": "auto"',
			'4:31 The role "Ledger" has no setting "FirstNumbr"; "FirstNumber" may be meant.',
		],
		[
			'{ "set": "Nobody", "setting": "X", "value": "1" }',
			'"build": "auto"',
			'4:10 The service has no role "Nobody"; its roles are FrontDesk, Ledger.',
		],
		[
			'{ "write": "Ledger_IN_0", "resource": "Pages", "file": "x", "text": "" }',
			'"build": "auto"',
			'4:39 The role "Ledger" has no local resource "Pages"; it has Book.',
		],
		[
			'{ "recycle": "FrontDesk_IN_0" }',
			'"roles": ["Ledger"]',
			'4:14 The role "FrontDesk" does not run in this scenario: add it to "roles".',
		],
		[
			'',
			'"roles": ["Legder"], "counts": { "Desk": 1 }',
			'3:11 The service has no role "Legder"; "Ledger" may be meant.',
			'3:34 The service has no role "Desk"; its roles are FrontDesk, Ledger.',
		],
		[
			'{ "chaos": { "seed": 1, "for": "1s", "rate": "1/s", "roles": ["Leger"] } }',
			'"build": "auto"',
			'4:63 The service has no role "Leger"; "Ledger" may be meant.',
		],
		[
			'{ "expect": { "states": { "Ledgr": "Ready" }, "events": [{ "event": "restart", "instance": "A_IN_0" }], "output": [{ "instance": "FrontDesk_IN_9", "text": "x" }], "files": [{ "instance": "Ledger_IN_0", "resource": "Books", "file": "x" }] } }',
			'"build": "auto"',
			'4:27 The service has no role "Ledgr"; "Ledger" may be meant.',
			'4:92 The service has no role "A"; its roles are FrontDesk, Ledger.',
			'4:130 There is no instance "FrontDesk_IN_9": the role "FrontDesk" has 2 in this scenario.',
			'4:215 The role "Ledger" has no local resource "Books"; "Book" may be meant.',
		],
		[
			'',
			'"expect": { "states": { "Ledgr": "Ready" } }',
			'3:25 The service has no role "Ledgr"; "Ledger" may be meant.',
		],
	];
	for (const [steps, more, ...sentences] of cases) {
		test(`${more} ${steps}: ${sentences.length > 0 ? sentences.length : 'nothing'} wrong`, () => {
			const text = scenarioText(steps, more);
			const { scenario, problems } = readScenario(text);
			assert.deepEqual(problems, []);
			const lines = new LineMap(text);
			const said = (scenario ? checkScenario(scenario, service) : []).map(({ span, message }) => {
				const { line, column } = lines.placeAt(span.start);
				return `${line}:${column} ${message}`;
			});
			assert.deepEqual(said, sentences);
		});
	}
});
