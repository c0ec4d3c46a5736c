import assert from 'node:assert/strict';
import { type Format, schemaFileOf } from '../../src/schema/catalog';
import { elementGrammar, rootGrammars } from '../../src/schema/grammar';
import { possibleChildren } from '../../src/schema/possibleChildren';
import { type RequiredParts, requiredParts } from '../../src/schema/requiredParts';
import { parse } from '../../src/xml/parser';
import { elementAt } from '../../src/xml/spot';
import { marked } from '../support/marked';

const formats: readonly Format[] = ['csdef', 'cscfg'];

suite('grammar', () => {
	test('the roots', () => {
		assert.deepEqual(
			formats.map(format => rootGrammars(format).map(root => root.name)),
			[['ServiceDefinition', 'RoleModule'], ['ServiceConfiguration']],
		);
	});
	test('the same name means what its place says', () => {
		const range = (...path: string[]) =>
			elementGrammar('csdef', ['ServiceDefinition', 'WorkerRole', 'Endpoints', ...path, 'FixedPortRange'])?.description;
		assert.match(range('InternalEndpoint') ?? '', /every instance/);
		assert.match(range('InstanceInputEndpoint', 'AllocatePublicPortFrom') ?? '', /one for each instance/);
		assert.equal(elementGrammar('csdef', ['ServiceDefinition', 'FixedPortRange']), undefined);
		assert.equal(elementGrammar('csdef', ['constructor']), undefined);
	});
	test('an attribute with its type, range, default and values', () => {
		const endpoint = elementGrammar('csdef', ['ServiceDefinition', 'WorkerRole', 'Endpoints', 'InputEndpoint']);
		const named = (name: string) => endpoint?.attributes.find(attribute => attribute.name === name);
		assert.deepEqual(
			endpoint?.attributes.filter(({ required }) => required).map(({ name }) => name),
			['name', 'protocol', 'port'],
		);
		assert.deepEqual([named('port')?.value.kind, named('port')?.value.form], ['integer', '1 to 65535']);
		assert.deepEqual(
			[named('localPort')?.value.kind, named('localPort')?.value.form],
			['integerOrStar', '1 to 65535, or *'],
		);
		assert.deepEqual(
			[named('ignoreRoleInstanceStatus')?.value.kind, named('ignoreRoleInstanceStatus')?.default],
			['boolean', 'false'],
		);
		assert.deepEqual(
			named('protocol')?.value.values.map(({ value }) => value),
			['http', 'https', 'tcp', 'udp'],
		);
		assert.deepEqual([named('name')?.value.kind, named('protocol')?.value.kind], ['name', 'enumeration']);
	});
	test('what may be added, in its order', () => {
		const { text, offset } = marked(
			'<ServiceDefinition><WorkerRole name="R"><Runtime>|<EntryPoint/></Runtime></WorkerRole></ServiceDefinition>',
		);
		const document = parse(text);
		const runtime = elementAt(document, offset + 1)?.parent;
		assert.ok(runtime);
		const listed = possibleChildren('csdef', runtime, offset).map(({ name, count, usedUp, inOrder }) => ({
			name,
			count,
			usedUp,
			inOrder,
		}));
		assert.deepEqual(listed, [
			{ name: 'Environment', count: 0, usedUp: false, inOrder: true },
			{ name: 'EntryPoint', count: 1, usedUp: true, inOrder: true },
		]);
		assert.equal(possibleChildren('csdef', runtime, offset + '<EntryPoint/>'.length)[0]?.inOrder, false);
	});
	test('a child that ends at the cursor is there already; one whose name is being typed is not', () => {
		const isUsedUp = (content: string) => {
			const { text, offset } = marked(`<ServiceConfiguration><Role name="R">${content}</Role></ServiceConfiguration>`);
			const role = parse(text).root?.children[0] ?? assert.fail();
			return possibleChildren('cscfg', role, offset).find(({ name }) => name === 'Instances')?.usedUp;
		};
		assert.deepEqual(['<Instances/>|', '<Instances></Instances>|', '|<Instances/>', '<Instances|'].map(isUsedUp), [
			true,
			true,
			true,
			false,
		]);
	});
	test('the required parts of a new element', () => {
		const write = ({ name, attributes, children }: RequiredParts): string =>
			`${name}[${attributes.map(each => `${each.name}=${each.value}`).join(' ')}](${children.map(write).join(' ')})`;
		const parts = (format: Format, ...path: string[]) => write(requiredParts(format, path) ?? assert.fail());
		assert.equal(parts('cscfg', 'ServiceConfiguration', 'Role'), 'Role[name=](Instances[count=]())');
		assert.equal(
			parts('csdef', 'ServiceDefinition', 'WorkerRole', 'Endpoints', 'InstanceInputEndpoint'),
			'InstanceInputEndpoint[name= localPort= protocol=](AllocatePublicPortFrom[](FixedPortRange[min= max=]()))',
		);
		assert.equal(
			parts('cscfg', 'ServiceConfiguration', 'Role', 'Certificates', 'Certificate'),
			'Certificate[name= thumbprint= thumbprintAlgorithm=sha1]()',
		);
	});
});

suite('schema files', () => {
	for (const format of formats) {
		const file = schemaFileOf(format);
		const elements = Object.entries(file.$defs).filter(([, definition]) => definition.properties);
		test(`${format}: every element and attribute is described`, () => {
			const silent = elements.flatMap(([name, { description, properties }]) => [
				...(description ? [] : [name]),
				...Object.entries(properties ?? {})
					.filter(([key, property]) => key.startsWith('@') && !property.description)
					.map(([key]) => `${name}/${key}`),
			]);
			assert.deepEqual(silent, []);
		});
		test(`${format}: every listed value is described`, () => {
			const values = [
				...Object.values(file.$defs),
				...elements.flatMap(([, { properties }]) => Object.values(properties ?? {})),
			];
			const lists = values.filter(({ enum: list, examples, lexical }) => (list ?? examples) && lexical !== 'boolean');
			assert.ok(lists.length > 0);
			assert.deepEqual(
				lists.filter(
					({ enum: list, examples, enumDescriptions }) => (list ?? examples)?.length !== enumDescriptions?.length,
				),
				[],
			);
		});
		test(`${format}: an element allows nothing that is not listed, and a sequence names its children`, () => {
			for (const [name, definition] of elements) {
				assert.equal('additionalProperties' in definition && definition.additionalProperties, false, name);
				const children = Object.entries(definition.properties ?? {})
					.filter(([, property]) => property.items)
					.map(([key]) => key);
				assert.equal('#blank' in (definition.properties ?? {}), children.length > 0, name);
				if (definition.sequence) {
					assert.deepEqual(definition.sequence.flat().sort(), children.sort(), name);
				}
			}
		});
	}
});
