import assert from 'node:assert/strict';
import { definitionOf, referencesOf } from '../../src/language/navigation';
import { marked } from '../support/marked';
import { configurationText, definitionText, serviceFrom, type Texts } from '../support/services';

const model =
	'<LoadBalancerProbes><LoadBalancerProbe name="Ping" protocol="tcp"/></LoadBalancerProbes>' +
	'<WebRole name="Front"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings>' +
	'<Certificates><Certificate name="Ssl"/></Certificates><Imports><Import moduleName="Diagnostics"/></Imports>' +
	'<Endpoints><InputEndpoint name="Http" protocol="https" port="443" certificate="Ssl" loadBalancerProbe="Ping"/><InternalEndpoint name="Inner" protocol="tcp"/></Endpoints>' +
	'<Sites><Site name="Web"><Bindings><Binding name="B" endpointName="Http"/></Bindings></Site></Sites>' +
	`<Runtime><Environment><Variable name="V"><RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/ConfigurationSettings/ConfigurationSetting[@name='Color']/@value"/></Variable></Environment></Runtime></WebRole>` +
	'<WorkerRole name="Back"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings></WorkerRole>' +
	'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Front" endpointName="Inner"/></Destinations><WhenSource matches="AnyRule"><FromRole roleName="Back"/></WhenSource></OnlyAllowTrafficTo></NetworkTrafficRules>';
const local =
	'<Role name="Front"><ConfigurationSettings><Setting name="Color" value="red"/><Setting name="Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString" value=""/></ConfigurationSettings><Certificates><Certificate name="Ssl"/></Certificates></Role>' +
	'<Role name="Back"><ConfigurationSettings><Setting name="Color" value="blue"/></ConfigurationSettings></Role>';

/** Puts the cursor before the nth place of a piece of text and names what is found by the line of text around it. */
function look(find: typeof definitionOf, name: string, source: string): string[] {
	const texts: Texts = { definition: model, Local: local };
	const before = name === 'definition' ? definitionText(texts[name] ?? '') : configurationText(texts[name] ?? '');
	const { text: piece, offset } = marked(source);
	assert.ok(before.includes(piece), `'${piece}' is not in the text`);
	const { service, file, nameOf } = serviceFrom(texts);
	return find(file(name), service, before.indexOf(piece) + offset).map(({ path, span }) => {
		const { text } = file(nameOf(path)).document;
		const tag = text.lastIndexOf('<', span.start);
		return `${nameOf(path)}: ${text.slice(tag, span.start)}[${text.slice(span.start, span.end)}]`;
	});
}

const goes = (name: string, source: string, expected: readonly string[]) =>
	assert.deepEqual(look(definitionOf, name, source), expected);
const refers = (name: string, source: string, expected: readonly string[]) =>
	assert.deepEqual(look(referencesOf, name, source), expected);

suite('navigation', () => {
	test('goes from a configured role to its declaration', () => {
		goes('Local', 'Role name="Ba|ck"', ['definition: <WorkerRole name="[Back]']);
	});
	test('goes to the setting of the same role', () => {
		goes('Local', 'Setting name="|Color" value="blue"', ['definition: <Setting name="[Color]']);
		refers('Local', 'Setting name="Color|" value="blue"', [
			'definition: <Setting name="[Color]',
			'Local: <Setting name="[Color]',
		]);
	});
	test('goes from an imported setting to the import', () => {
		goes('Local', 'name="Micro|soft.WindowsAzure.Plugins.Diagnostics.ConnectionString"', [
			'definition: <Import moduleName="[Diagnostics]',
		]);
	});
	test('finds a certificate in endpoint and configuration', () => {
		refers('definition', 'certificate="S|sl"', [
			'definition: <Certificate name="[Ssl]',
			'definition: <InputEndpoint name="Http" protocol="https" port="443" certificate="[Ssl]',
			'Local: <Certificate name="[Ssl]',
		]);
	});
	test('finds endpoints in bindings and traffic rules', () => {
		goes('definition', 'endpointName="Ht|tp"', ['definition: <InputEndpoint name="[Http]']);
		refers('definition', 'InternalEndpoint name="Inner|"', [
			'definition: <InternalEndpoint name="[Inner]',
			'definition: <RoleEndpoint roleName="Front" endpointName="[Inner]',
		]);
	});
	test('finds every use of a role', () => {
		refers('definition', 'WorkerRole name="|Back"', [
			'definition: <WorkerRole name="[Back]',
			'definition: <FromRole roleName="[Back]',
			'Local: <Role name="[Back]',
		]);
	});
	test('finds a name inside a path', () => {
		goes('definition', "[@name='Col|or']", ['definition: <Setting name="[Color]']);
	});
	test('finds probes', () => {
		goes('definition', 'loadBalancerProbe="Pi|ng"', ['definition: <LoadBalancerProbe name="[Ping]']);
	});
	test('has nothing to say about other values', () => {
		goes('Local', 'value="re|d"', []);
		goes('definition', 'protocol="ht|tps"', []);
	});
});
