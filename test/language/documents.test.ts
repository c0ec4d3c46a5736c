import assert from 'node:assert/strict';
import { Documents } from '../../src/language/documents';
import { configurationText, definitionText } from '../support/services';

const csdef = '/s/ServiceDefinition.csdef';
const local = '/s/ServiceConfiguration.Local.cscfg';

function filled(): Documents {
	const documents = new Documents();
	documents.set(csdef, definitionText('<WorkerRole name="A"/>'));
	documents.set(local, configurationText('<Role name="A"/>'));
	return documents;
}

suite('documents', () => {
	test('parse a text once, and a service is the same until a file of it changes', () => {
		const documents = filled();
		const service = documents.serviceOf(csdef);
		const file = documents.file(local);
		assert.equal(documents.set(local, configurationText('<Role name="A"/>')), false);
		assert.equal(documents.file(local), file);
		assert.equal(documents.serviceOf(local), service);
		assert.equal(documents.set(local, configurationText('<Role name="B"/>')), true);
		const changed = documents.serviceOf(csdef);
		assert.equal(changed.definition, service.definition);
		assert.deepEqual(
			changed.configurations[0]?.roles.map(role => role.name?.text),
			['B'],
		);
	});
	test('files come and go', () => {
		const documents = filled();
		assert.equal(documents.remove(csdef), true);
		assert.equal(documents.remove(csdef), false);
		assert.equal(documents.serviceOf(local).definition, undefined);
		documents.set('/ServiceDefinition.csdef', definitionText(''));
		assert.equal(documents.serviceOf(local).definition?.path, '/ServiceDefinition.csdef');
		assert.deepEqual(documents.serviceOf(csdef), { definition: undefined, configurations: [] });
	});
	test('a project that comes later pairs anew', () => {
		const documents = new Documents();
		documents.set('/a/S.csdef', definitionText(''));
		documents.set('/b/S.cscfg', configurationText(''));
		assert.equal(documents.serviceOf('/b/S.cscfg').definition, undefined);
		const project =
			'<Project><ItemGroup><ServiceDefinition Include="../a/S.csdef"/><ServiceConfiguration Include="S.cscfg"/></ItemGroup></Project>';
		assert.equal(documents.set('/b/S.ccproj', project), true);
		assert.equal(documents.set('/b/S.ccproj', project), false);
		assert.equal(documents.serviceOf('/b/S.cscfg').definition?.path, '/a/S.csdef');
	});
	test('other files are none of ours', () => {
		assert.equal(new Documents().set('/s/web.config', '<a/>'), false);
	});
});
