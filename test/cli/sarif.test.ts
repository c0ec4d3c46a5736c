import assert from 'node:assert/strict';
import Ajv from 'ajv';
import { type CallFolder, callFolder } from '../support/cli';
import { configurationText, definitionText } from '../support/services';

/**
 * The part of the SARIF 2.1.0 schema that the output uses, stricter than it: objects may have no other properties than
 * those that are written, and nothing of this may be left out.
 */
const closed = (properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required: Object.keys(properties).filter(name => !optional.includes(name)),
});
const listOf = (items: unknown) => ({ type: 'array', items });
const text = { type: 'string', minLength: 1 };
const message = closed({ text });
const level = { enum: ['none', 'note', 'warning', 'error'] };
const place = { type: 'integer', minimum: 1 };
const sarifPart = closed({
	$schema: text,
	version: { const: '2.1.0' },
	runs: listOf(
		closed({
			tool: closed({
				driver: closed({
					name: text,
					semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
					rules: {
						...listOf(
							closed(
								{
									id: text,
									shortDescription: message,
									help: closed({ text, markdown: text }),
									defaultConfiguration: closed({ level }),
								},
								['shortDescription', 'help'],
							),
						),
						uniqueItems: true,
					},
				}),
			}),
			invocations: listOf(
				closed({
					executionSuccessful: { type: 'boolean' },
					toolExecutionNotifications: listOf(closed({ level, message })),
				}),
			),
			originalUriBaseIds: closed({ '%SRCROOT%': closed({ description: message }) }),
			columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
			results: listOf(
				closed({
					ruleId: text,
					ruleIndex: { type: 'integer', minimum: 0 },
					level,
					message,
					locations: listOf(
						closed({
							physicalLocation: closed({
								artifactLocation: closed(
									{ uri: { type: 'string', pattern: '^[^\\s\\\\]+$' }, uriBaseId: { const: '%SRCROOT%' } },
									['uriBaseId'],
								),
								region: closed({ startLine: place, startColumn: place, endLine: place, endColumn: place }),
							}),
						}),
					),
					properties: { type: 'object' },
				}),
			),
		}),
	),
});

interface Log {
	readonly runs: readonly {
		readonly tool: {
			readonly driver: {
				readonly rules: readonly {
					readonly id: string;
					readonly shortDescription?: { readonly text: string };
					readonly help?: { readonly markdown: string };
				}[];
			};
		};
		readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
		readonly results: readonly {
			readonly ruleId: string;
			readonly ruleIndex: number;
			readonly level: string;
			readonly locations: readonly {
				readonly physicalLocation: {
					readonly artifactLocation: Record<string, string>;
					readonly region: Record<string, number>;
				};
			}[];
		}[];
	}[];
}

suite('rolewright validate --format sarif', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
	});
	teardown(() => folder.remove());

	const isSarif = new Ajv({ strict: false }).compile(sarifPart);

	async function run(...argv: string[]): Promise<Log['runs'][number]> {
		const { stdout } = await folder.call('validate', '--format', 'sarif', ...argv);
		const log: Log = JSON.parse(stdout);
		assert.ok(isSarif(log), JSON.stringify(isSarif.errors, undefined, 1));
		return log.runs[0] ?? assert.fail();
	}

	test('problems of every layer, with their pages', async () => {
		folder.write({
			'S.csdef': definitionText('<WorkerRole name="Mill" vmsize="Standard_A1_v2" size="x"/>'),
			'S.cscfg': configurationText('<Role name="Mil"><Instances count="1"/></Role>'),
			'other/T.csdef': '<ServiceDefinition',
		});
		const { tool, results } = await run('.');
		const { rules } = tool.driver;
		const codes = results.map(({ ruleId }) => ruleId);
		for (const code of ['unknownAttribute', 'missingRole', 'unknownRole', 'tagNotClosed']) {
			assert.ok(codes.includes(code), `${code} in ${codes}`);
		}
		assert.deepEqual(
			rules.map(({ id }) => id),
			[...new Set(codes)],
		);
		for (const { ruleId, ruleIndex } of results) {
			assert.equal(rules[ruleIndex]?.id, ruleId);
		}
		const rule = rules.find(({ id }) => id === 'missingRole');
		assert.equal(rule?.shortDescription?.text, 'A role of the definition has no Role element in this configuration.');
		assert.match(rule?.help?.markdown ?? '', /^# missingRole\n/);
	});

	test('places: relative to where it was called, columns in UTF-16 units', async () => {
		folder.write({ 'a b/ä/S.csdef': definitionText('<WorkerRole name="𝒳" x="1"/>') });
		const { results } = await run('.');
		const found = results.find(({ ruleId }) => ruleId === 'unknownAttribute')?.locations[0]?.physicalLocation;
		assert.deepEqual(found?.artifactLocation, { uri: 'a%20b/%C3%A4/S.csdef', uriBaseId: '%SRCROOT%' });
		const column = definitionText('<WorkerRole name="𝒳" ').replace('</ServiceDefinition>', '').length + 1;
		assert.deepEqual([found?.region.startLine, found?.region.startColumn], [1, column]);
	});

	test('levels after --severity, and a file elsewhere by its whole address', async () => {
		folder.write({ 'x/S.csdef': definitionText('<WorkerRole name="Mill" vmsize="Small" size="x"/>'), 'y/empty': '' });
		const { results } = await run('--severity', 'unknownAttribute=information', 'x');
		assert.equal(results.find(({ ruleId }) => ruleId === 'unknownAttribute')?.level, 'note');
	});

	test('nothing wrong, and a configuration without a definition', async () => {
		folder.write({ 'S.cscfg': configurationText('') });
		const { results, invocations } = await run('--severity', 'missingElement=off', 'S.cscfg');
		assert.deepEqual(
			results.filter(({ level: found }) => found === 'error'),
			[],
		);
		assert.equal(invocations[0]?.toolExecutionNotifications.length, 1);
	});
});
