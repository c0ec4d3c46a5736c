import assert from 'node:assert/strict';
import { matrixOf } from '../../src/compare/matrix';
import {
	byRole,
	cellSays,
	changesBetween,
	nextCell,
	passing,
	rowWords,
	signs,
	stateWords,
} from '../../src/views/matrix/cells';
import type { MatrixWords } from '../../src/views/matrix/protocol';
import { configured, role } from '../support/findings';
import { matrixNames } from '../support/matrixNames';
import { serviceFrom } from '../support/services';

/** What the page of configurations says, filters and where its keys go. */

const words = matrixNames as MatrixWords;

function matrixWith(greeting: string, more = '') {
	const values = (text: string) =>
		`<ConfigurationSettings><Setting name="Greeting" value="${text}"/>${more}</ConfigurationSettings>`;
	return matrixOf(
		serviceFrom({
			definition: role(
				'Mill',
				'<ConfigurationSettings><Setting name="Greeting"/><Setting name="Key"/></ConfigurationSettings>',
			),
			Local: configured('Mill', values('UseDevelopmentStorage=true')),
			Cloud: configured('Mill', values(greeting)),
		}).service,
	);
}

const key = '<Setting name="Key" value="c2VjcmV0"/>';

suite('words of the matrix page', () => {
	test('each mark has a word and a shape', () => {
		const { rows } = matrixWith('hello');
		assert.deepEqual(
			rows.map(row => `${signs[row.mark]} ${stateWords(words, row)}: ${rowWords(words, row)}`),
			[
				'= mark:equal: kind:osFamily',
				'= mark:equal: Mill, kind:instances',
				'≠ mark:different: Mill, Setting Greeting',
				'∅ mark:missing: Mill, Setting Key',
			],
		);
	});

	test('a cell says its value and every mark; a secret only where it was asked for', () => {
		const { columns, rows } = matrixWith('hello', key);
		const said = rows.flatMap(row =>
			row.cells.map((cell, index) => {
				const column = columns[index] ?? assert.fail('no column');
				const locked = index === 1 ? { ...column, locked: 'why' } : column;
				return cellSays(words, row, locked, cell, row.name === 'Key' && index === 1 ? 'c2VjcmV0' : undefined);
			}),
		);
		assert.deepEqual(said.slice(4), [
			'UseDevelopmentStorage=true, emulatorOnly, mark:different',
			'hello, mark:different, locked',
			'•••, hidden, mark:equal',
			'c2VjcmV0, mark:equal, locked',
		]);
	});

	const filters: readonly [filter: string, onlyDifferences: boolean, expected: readonly string[]][] = [
		['', false, ['osFamily', 'instances', 'Greeting', 'Key']],
		['', true, ['Greeting', 'Key']],
		['mill greet', false, ['Greeting']],
		['HELLO', false, ['Greeting']],
		['emulatoronly', false, ['Greeting']],
		['mark:missing', false, ['Key']],
		['nowhere', false, []],
	];
	for (const [filter, onlyDifferences, expected] of filters) {
		test(`filter '${filter}'${onlyDifferences ? ', only differences' : ''}`, () => {
			const found = passing(words, matrixWith('hello').rows, filter, onlyDifferences);
			assert.deepEqual(
				found.map(({ kind, name }) => name || kind),
				expected,
			);
		});
	}

	test('a filter does not find a secret by its value', () => {
		assert.deepEqual(passing(words, matrixWith('hello', key).rows, 'c2VjcmV0', false), []);
	});

	test('what concerns the service, then role by role', () => {
		assert.deepEqual(
			byRole(matrixWith('hello').rows).map(group => [group.role, group.rows.length]),
			[
				[undefined, 1],
				['Mill', 3],
			],
		);
	});

	test('what changed, also what came and what went', () => {
		assert.deepEqual(changesBetween(words, matrixWith('hello'), matrixWith('hello')), []);
		assert.deepEqual(changesBetween(words, matrixWith('hello'), matrixWith('', key)), [
			'Mill, Setting Greeting in Cloud: empty',
			'Mill, Setting Key in Local: •••',
			'Mill, Setting Key in Cloud: •••',
		]);
		assert.deepEqual(changesBetween(words, matrixWith('hello', key), matrixWith('hello')), [
			'Mill, Setting Key in Local: missing',
			'Mill, Setting Key in Cloud: missing',
		]);
	});

	const steps: readonly [key: string, from: number, to: number | undefined][] = [
		['ArrowRight', 0, 1],
		['ArrowRight', 3, 3],
		['ArrowLeft', 4, 4],
		['ArrowLeft', 5, 4],
		['ArrowDown', 1, 5],
		['ArrowDown', 9, 9],
		['ArrowUp', 9, 5],
		['ArrowUp', 1, 1],
		['PageDown', 2, 10],
		['PageUp', 10, 2],
		['Home', 6, 4],
		['End', 5, 7],
		['a', 5, undefined],
	];
	for (const [key, from, to] of steps) {
		test(`${key} from ${from} of three rows of four`, () => assert.equal(nextCell(key, from, 4, 12), to));
	}
});
