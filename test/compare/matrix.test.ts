import assert from 'node:assert/strict';
import { applyEdits, type Edit } from '../../src/base/span';
import { matrixOf, type Row, type RowSubject, withConfigurations } from '../../src/compare/matrix';
import { addMissing, copyAcross, setValue } from '../../src/compare/matrixEdits';
import { cellWords, differing, matrixText, rowWords } from '../../src/compare/matrixText';
import { configured, role, value, web } from '../support/findings';
import { serviceFrom, type TestService } from '../support/services';

/** The configurations of a service side by side. */

const tls = '<Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My"/></Certificates>';
const declared = '<ConfigurationSettings><Setting name="Store"/><Setting name="Key"/></ConfigurationSettings>';
const certificate = (thumbprint: string) =>
	`<Certificates><Certificate name="Tls" thumbprint="${thumbprint}"/></Certificates>`;
const settings = (...pairs: string[]) =>
	`<ConfigurationSettings>${pairs.map(pair => `<Setting name="${pair.split(':')[0]}" value="${pair.slice(pair.indexOf(':') + 1)}"/>`).join('')}</ConfigurationSettings>`;

const shop = serviceFrom({
	definition: role('Mill', declared + tls),
	Local: configured('Mill', settings('Store:UseDevelopmentStorage=true', 'Key:') + certificate('A1'), 1),
	Cloud: configured(
		'Mill',
		settings('Store:DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0', 'Old:x') + certificate('A1'),
		1,
	),
});

function short(row: Row): string {
	return `${rowWords(row)}: ${row.mark}${row.declared ? '' : ', not declared'}: ${row.cells.map(cellWords).join(' | ')}`;
}

suite('configurations side by side', () => {
	test('a row for everything, marked; secrets masked', () => {
		const { columns, rows } = matrixOf(shop.service);
		assert.deepEqual(
			columns.map(({ name }) => name),
			['Local', 'Cloud'],
		);
		assert.deepEqual(rows.map(short), [
			'osFamily: equal: 7 | 7',
			'Mill: instances: equal: 1 | 1',
			"Mill: setting 'Store': different: UseDevelopmentStorage=true (emulator only) | DefaultEndpointsProtocol=https;AccountName=a;AccountKey=•••",
			"Mill: setting 'Key': missing: (empty) | (missing)",
			"Mill: setting 'Old': different, not declared: (missing) | x",
			"Mill: certificate 'Tls': equal: A1 | A1",
		]);
	});

	test('only differences', () => {
		assert.deepEqual(
			differing(matrixOf(shop.service)).rows.map(row => row.name),
			['Store', 'Key', 'Old'],
		);
	});

	test('two of three, in the order asked for', () => {
		const { service } = serviceFrom({
			definition: role('Mill'),
			A: configured('Mill'),
			B: configured('Mill'),
			C: configured('Mill'),
		});
		const two = withConfigurations(service, ['/s/ServiceConfiguration.C.cscfg', '/s/ServiceConfiguration.A.cscfg']);
		assert.deepEqual(
			matrixOf(two).columns.map(({ name }) => name),
			['C', 'A'],
		);
	});

	test('a role that a configuration lacks, and one without a definition', () => {
		const rows = (texts: Record<string, string>) => matrixOf(serviceFrom(texts).service).rows.map(short);
		assert.deepEqual(rows({ definition: role('Mill'), A: configured('Mill'), B: '' }), [
			'osFamily: equal: 7 | 7',
			'Mill: instances: missing: 2 | (missing)',
		]);
		assert.deepEqual(
			rows({ A: configured('Mill', value('S', '1')), B: configured('Mill', value('S', '2')) }).at(-1),
			"Mill: setting 'S': different: 1 | 2",
		);
	});

	test('as text', () => {
		assert.equal(
			matrixText(
				differing(matrixOf(serviceFrom({ A: configured('Mill', '', 1), Blue: configured('Mill', '', 2) }).service)),
			),
			'Mill: instances: different\n  A     1\n  Blue  2\n',
		);
	});
});

suite('edits of the configurations side by side', () => {
	const service = (Cloud: string): TestService =>
		serviceFrom({ definition: role('Mill', declared + tls) + web('Desk'), Cloud });
	const in_ = (kind: RowSubject['kind'], name = '', of = 'Mill'): RowSubject => ({ kind, name, role: of });
	const cloud = ({ service: { configurations } }: TestService) => configurations[0] ?? assert.fail();
	const after = (from: TestService, edits: readonly Edit[]) =>
		applyEdits(from.file('Cloud').document.text, edits).replace(
			/^<ServiceConfiguration[^>]*>|<\/ServiceConfiguration>$/g,
			'',
		);

	const cases: readonly [what: string, text: string, subject: RowSubject, value: string, expected: string][] = [
		[
			'a value in place, escaped for its quotes',
			`<Role name="Mill"><ConfigurationSettings><Setting value='a' name="Key"/><!-- x --></ConfigurationSettings></Role>`,
			in_('setting', 'Key'),
			`it's <&>`,
			`<Role name="Mill"><ConfigurationSettings><Setting value='it&apos;s &lt;&amp;>' name="Key"/><!-- x --></ConfigurationSettings></Role>`,
		],
		[
			'a value that is not written',
			'<Role name="Mill"><ConfigurationSettings><Setting name="Key"/></ConfigurationSettings></Role>',
			in_('setting', 'Key'),
			'v',
			'<Role name="Mill"><ConfigurationSettings><Setting name="Key" value="v"/></ConfigurationSettings></Role>',
		],
		[
			'a count',
			'<Role name="Mill"><Instances count="1"/></Role>',
			in_('instances'),
			'3',
			'<Role name="Mill"><Instances count="3"/></Role>',
		],
		[
			'a count without its element',
			'\n<Role name="Mill">\n\t<ConfigurationSettings/>\n</Role>\n',
			in_('instances'),
			'3',
			'\n<Role name="Mill">\n\t<Instances count="3"/>\n\t<ConfigurationSettings/>\n</Role>\n',
		],
		[
			'a thumbprint',
			`<Role name="Mill">${certificate('A1')}</Role>`,
			in_('certificate', 'Tls'),
			'B2',
			`<Role name="Mill">${certificate('B2')}</Role>`,
		],
		[
			'an entry with its list',
			'\r\n<Role name="Mill">\r\n  <Instances count="1" />\r\n</Role>\r\n',
			in_('setting', 'Key'),
			'v',
			'\r\n<Role name="Mill">\r\n  <Instances count="1" />\r\n  <ConfigurationSettings>\r\n    <Setting name="Key" value="v" />\r\n  </ConfigurationSettings>\r\n</Role>\r\n',
		],
		[
			'a whole role, with what it has to have',
			'\n  <Role name="Desk"/>\n',
			in_('setting', 'Key'),
			'v',
			'\n  <Role name="Desk"/>\n  <Role name="Mill">\n    <Instances count="1"/>\n    <ConfigurationSettings>\n      <Setting name="Store" value=""/>\n      <Setting name="Key" value="v"/>\n    </ConfigurationSettings>\n    <Certificates>\n      <Certificate name="Tls" thumbprint="0000000000000000000000000000000000000000" thumbprintAlgorithm="sha1"/>\n    </Certificates>\n  </Role>\n',
		],
	];
	for (const [what, text, subject, to, expected] of cases) {
		test(what, () => {
			const from = service(text);
			assert.equal(after(from, setValue(cloud(from), subject, to, from.service.definition)), expected);
		});
	}

	test('the guest operating system', () => {
		const from = service('<ServiceConfiguration serviceName="Shop">\n</ServiceConfiguration>');
		const edits = setValue(cloud(from), { kind: 'osFamily', role: undefined, name: '' }, '7');
		assert.equal(
			applyEdits(from.file('Cloud').document.text, edits),
			'<ServiceConfiguration serviceName="Shop" osFamily="7">\n</ServiceConfiguration>',
		);
	});

	test('nothing where it says so already, and nothing to copy where there is nothing', () => {
		const from = service('<Role name="Mill"><Instances count="1"/></Role>');
		assert.deepEqual(setValue(cloud(from), in_('instances'), '1'), []);
		assert.deepEqual(addMissing(cloud(from), in_('instances')), []);
		assert.deepEqual(copyAcross(cloud(from), cloud(from), in_('setting', 'Key')), []);
	});

	test('a missing entry, and a copy with its secret', () => {
		const to = service('<Role name="Mill"><ConfigurationSettings/></Role>');
		assert.match(after(to, addMissing(cloud(to), in_('certificate', 'Tls'))), /thumbprint="0{40}"/);
		const from = service(`<Role name="Mill">${settings('Key:c2VjcmV0')}</Role>`);
		assert.match(after(to, copyAcross(cloud(from), cloud(to), in_('setting', 'Key'))), /value="c2VjcmV0"/);
	});
});
