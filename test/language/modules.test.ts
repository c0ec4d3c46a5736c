import assert from 'node:assert/strict';
import { diagnose } from '../../src/language/diagnostics';
import { Documents } from '../../src/language/documents';
import { hover } from '../../src/language/hover';
import { definitionOf } from '../../src/language/navigation';
import { configurationText, definitionText } from '../support/services';

const definition = '/s/ServiceDefinition.csdef';
const local = '/s/ServiceConfiguration.Local.cscfg';
const plugin = '/s/plugins/Redis/Redis.csplugin';
const module = `<RoleModule namespace="Own.Redis" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition">
  <ConfigurationSettings><Setting name="Password" /></ConfigurationSettings>
  <Endpoints><InternalEndpoint name="Cache" protocol="tcp"><FixedPort port="6379" /></InternalEndpoint></Endpoints>
  <Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates>
</RoleModule>`;

function filled(): Documents {
	const documents = new Documents();
	documents.set(
		definition,
		definitionText('<WorkerRole name="Back"><Imports><Import moduleName="Redis" /></Imports></WorkerRole>'),
	);
	documents.set(local, configurationText('<Role name="Back"><Instances count="2" /></Role>'));
	return documents;
}

/** The problems of a file that are about names, as `code 'name'`. */
function problems(documents: Documents, path: string): readonly string[] {
	const file = documents.file(path) ?? assert.fail(path);
	return diagnose(file, documents.serviceOf(path))
		.filter(({ code }) => /^(?:missing(?:Setting|Certificate)|unknown\w+)$/.test(code))
		.map(({ code, message }) => `${code} ${/'([^']*\.[^']*|Redis)'/.exec(message)?.[0]}`);
}

suite('modules that the workspace describes', () => {
	test('without a description the name is unknown, and may bring anything', () => {
		const documents = filled();
		assert.deepEqual(problems(documents, definition), ["unknownModule 'Redis'"]);
		assert.deepEqual(problems(documents, local), []);
	});
	test('its settings and certificates have to be given, whenever its file comes', () => {
		const documents = filled();
		problems(documents, local);
		assert.equal(documents.set(plugin, module), true);
		assert.deepEqual(problems(documents, definition), []);
		assert.deepEqual(problems(documents, local), [
			"missingSetting 'Own.Redis.Password'",
			"missingCertificate 'Own.Redis.Tls'",
		]);
		assert.equal(documents.set(plugin, module), false);
	});
	test('it changes, and it goes', () => {
		const documents = filled();
		documents.set(plugin, module);
		problems(documents, local);
		documents.set(plugin, module.replace('Password', 'Secret'));
		assert.deepEqual(problems(documents, local), [
			"missingSetting 'Own.Redis.Secret'",
			"missingCertificate 'Own.Redis.Tls'",
		]);
		documents.remove(plugin);
		assert.deepEqual(problems(documents, definition), ["unknownModule 'Redis'"]);
		assert.deepEqual(problems(documents, local), []);
	});
	test('a half-typed file of a module is none', () => {
		const documents = filled();
		documents.set(plugin, '<RoleModule namesp');
		assert.deepEqual(problems(documents, definition), ["unknownModule 'Redis'"]);
	});
	test('what it brings can be named, and leads to the import', () => {
		const documents = filled();
		documents.set(plugin, module);
		const text = definitionText(
			'<WorkerRole name="Back"><Imports><Import moduleName="Redis" /></Imports></WorkerRole>' +
				'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Back" endpointName="Own.Redis.Cache" /></Destinations><AllowAllTraffic /></OnlyAllowTrafficTo></NetworkTrafficRules>',
		);
		documents.set(definition, text);
		assert.deepEqual(problems(documents, definition), []);
		const file = documents.file(definition) ?? assert.fail();
		const service = documents.serviceOf(definition);
		const places = definitionOf(file, service, text.indexOf('Own.Redis.Cache'));
		assert.deepEqual(
			places.map(({ span }) => text.slice(span.start, span.end)),
			['Redis'],
		);
		assert.match(hover(file, service, text.indexOf('Redis"'))?.text ?? '', /setting `Own\.Redis\.Password`/);
	});
	test('several services have the same modules', () => {
		const documents = filled();
		documents.set(
			'/t/ServiceDefinition.csdef',
			definitionText('<WebRole name="Front"><Imports><Import moduleName="Redis" /></Imports></WebRole>'),
		);
		documents.set(plugin, module);
		assert.deepEqual(problems(documents, '/t/ServiceDefinition.csdef'), []);
		assert.deepEqual(
			documents.serviceOf('/t/ServiceDefinition.csdef').definition?.roles[0]?.imports[0]?.module?.settings,
			['Own.Redis.Password'],
		);
	});
});
