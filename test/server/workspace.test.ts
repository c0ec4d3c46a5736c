import assert from 'node:assert/strict';
import path from 'node:path';
import { uriOf } from '../../src/server/places';
import { Workspace } from '../../src/server/workspace';
import type { ServerWorld } from '../../src/server/world';
import { configured, role } from '../support/findings';
import { configurationText, definitionText } from '../support/services';

/** Which files the server knows, and which text of them counts. */

const shop = path.resolve('/shop');
const definition = path.join(shop, 'ServiceDefinition.csdef');
const cloud = path.join(shop, 'ServiceConfiguration.Cloud.cscfg');
const elsewhere = path.resolve('/elsewhere/ServiceDefinition.csdef');
const beside = path.resolve('/elsewhere/ServiceConfiguration.Cloud.cscfg');

function workspace(): { readonly files: Map<string, string>; readonly known: Workspace } {
	const files = new Map([
		[definition, definitionText(role('Mill'))],
		[cloud, configurationText(configured('Mill'))],
		[elsewhere, definitionText(role('Kiln'))],
		[beside, configurationText(configured('Kiln'))],
	]);
	const below = (folder: string) => [...files.keys()].filter(file => file.startsWith(folder + path.sep));
	const world: ServerWorld = {
		filesBelow: below,
		filesNamed: (folder, name) => below(folder).filter(file => name.test(file)),
		filesIn: folder => below(folder),
		textOf: file => files.get(file),
		textAtHead: async () => undefined,
		kindOf: file => (files.has(file) ? 'file' : undefined),
		rulesIn: () => ({}),
		codeFoldersIn: () => new Map(),
		secretsFileIn: () => undefined,
		pageOf: () => undefined,
		after: () => ({ dispose: () => {} }),
		watch: () => ({ dispose: () => {} }),
	};
	return { files, known: new Workspace(world) };
}

const rolesOf = (known: Workspace, file: string) =>
	known.at(file)?.service.definition?.roles.map(({ name }) => name?.text);

suite('the files of a language server', () => {
	test('the folders are read; a folder that goes takes its files along', () => {
		const { known } = workspace();
		assert.deepEqual(known.setFolders([shop]), [definition, cloud]);
		assert.deepEqual(rolesOf(known, cloud), ['Mill']);
		assert.deepEqual(known.setFolders([]), [definition, cloud]);
		assert.equal(known.at(cloud), undefined);
	});

	test('a service by its definition, or by a folder that has no other', () => {
		const { known } = workspace();
		known.setFolders([shop, path.dirname(elsewhere)]);
		const nameAt = (place: string) => known.serviceAt(place)?.definition?.roles[0]?.name?.text;
		assert.deepEqual(
			[definition, shop, path.dirname(elsewhere), path.resolve('/'), path.join(shop, 'gone'), `${shop}p`].map(nameAt),
			['Mill', 'Mill', 'Kiln', undefined, undefined, undefined],
		);
	});

	test('an open text wins over the disk until it is closed', () => {
		const { files, known } = workspace();
		known.setFolders([shop]);
		known.edit(uriOf(definition), 'csdef', definitionText(role('Lathe')));
		assert.deepEqual(rolesOf(known, cloud), ['Lathe']);
		files.set(definition, definitionText(role('Saw')));
		assert.equal(known.refresh(definition), false);
		assert.deepEqual(known.close(uriOf(definition)), [definition]);
		assert.deepEqual(rolesOf(known, cloud), ['Saw']);
	});

	test('what lies beside a file from elsewhere is read with it, and forgotten with it', () => {
		const { known } = workspace();
		known.setFolders([shop]);
		assert.deepEqual(known.edit(uriOf(elsewhere), 'csdef', definitionText(role('Kiln'))), [elsewhere, beside]);
		assert.deepEqual(rolesOf(known, beside), ['Kiln']);
		assert.deepEqual([known.isWanted(elsewhere), known.isWanted(beside)], [true, false]);
		known.close(uriOf(elsewhere));
		assert.deepEqual([known.at(beside), known.at(elsewhere)], [undefined, undefined]);
	});

	test('the address is written as the client wrote it', () => {
		const { known } = workspace();
		const odd = uriOf(definition).replace('Service', '%53ervice');
		known.edit(odd, 'csdef', '');
		assert.equal(known.uriOf(definition), odd);
		assert.equal(known.uriOf(cloud), uriOf(cloud));
	});

	test('a text without a file is a service of its own', () => {
		const { known } = workspace();
		known.edit('untitled:Untitled-1', 'csdef', definitionText(role('New')));
		assert.deepEqual(rolesOf(known, 'untitled:Untitled-1'), ['New']);
	});
});
