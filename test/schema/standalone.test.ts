import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import type { ValidateFunction } from 'ajv/dist/2020';
import type { Format } from '../../src/schema/catalog';
import { project } from '../../src/schema/projection';
import { validatorsSource } from '../../src/schema/standalone';
import { validatorOf } from '../../src/schema/validators';
import { parse } from '../../src/xml/parser';

const csdef = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition';
const cscfg = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';

/** One file for each keyword that the schemas use, ours among them. */
const wrong: readonly (readonly [keywords: string, format: Format, text: string])[] = [
	['', 'csdef', `<ServiceDefinition xmlns="${csdef}" name="S"/>`],
	['required', 'csdef', `<ServiceDefinition xmlns="${csdef}"/>`],
	['additionalProperties', 'csdef', `<ServiceDefinition xmlns="${csdef}" name="S"><Role/></ServiceDefinition>`],
	['enum', 'csdef', `<ServiceDefinition xmlns="${csdef}" name="S" topologyChangeDiscovery="None"/>`],
	['pattern', 'csdef', `<ServiceDefinition xmlns="${csdef}" name="1"/>`],
	['lexical', 'csdef', `<ServiceDefinition xmlns="${csdef}" name="S" upgradeDomainCount="many"/>`],
	[
		'maxItems sequence',
		'csdef',
		`<ServiceDefinition xmlns="${csdef}" name="S"><LoadBalancerProbes/><WorkerRole name="R"/><LoadBalancerProbes/></ServiceDefinition>`,
	],
	[
		'choice',
		'csdef',
		`<ServiceDefinition xmlns="${csdef}" name="S"><WorkerRole name="R"><Runtime><EntryPoint/></Runtime></WorkerRole></ServiceDefinition>`,
	],
	[
		'required',
		'cscfg',
		`<ServiceConfiguration xmlns="${cscfg}" serviceName="S"><Role name="R"/></ServiceConfiguration>`,
	],
];

suite('schema: the validators that a bundle has', () => {
	// As the build does: what the source requires lies where the module that it replaces lies.
	const folder = path.resolve(__dirname, '..', '..', 'src', 'schema');
	const exports: Partial<{ validatorOf(format: Format): ValidateFunction }> = {};
	runInThisContext(`(exports, require) => {${validatorsSource()}\n}`)(
		exports,
		createRequire(path.join(folder, 'x.js')),
	);

	for (const [keywords, format, text] of wrong) {
		test(`find ${keywords || 'nothing'} as those that are compiled on the way`, () => {
			const found = errorsOf(exports.validatorOf?.(format), text);
			assert.deepEqual(found, errorsOf(validatorOf(format), text));
			assert.deepEqual([...new Set(found.map(({ keyword }) => keyword))].sort().join(' '), keywords);
		});
	}
});

function errorsOf(validate: ValidateFunction | undefined, text: string) {
	const { root } = parse(text);
	assert.ok(root && validate);
	validate(project(root, root.attributes[0]?.value ?? '').value);
	return validate.errors ?? [];
}
