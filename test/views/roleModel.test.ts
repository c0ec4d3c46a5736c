import assert from 'node:assert/strict';
import { matrixOf } from '../../src/compare/matrix';
import { type RoleModelWords, sectionIds, shownForm } from '../../src/extension/forms/roleModel';
import { diagnose } from '../../src/language/diagnostics';
import { roleForm } from '../../src/language/roleForm';
import type { ShownForm } from '../../src/views/role/protocol';
import { configured, imports, value } from '../support/findings';
import { serviceFrom, type Texts } from '../support/services';

/** The form of a role as its page gets it: definition and configurations put together, nothing secret in it. */

const words: RoleModelWords = {
	kind: 'worker role',
	sections: Object.fromEntries(sectionIds.map(id => [id, id])) as RoleModelWords['sections'],
	adds: { endpoint: 'add' },
	fromImport: 'from an import',
	undeclared: 'not declared',
	emulatorOnly: 'emulator only',
	inFile: (path, message) => `${path}: ${message}`,
};

function shown(texts: Texts, locks: ReadonlyMap<string, string> = new Map()) {
	const { service, file } = serviceFrom(texts);
	const form = roleForm(file('definition'), service, 'Mill') ?? assert.fail('no form');
	const problems = new Map(Object.keys(texts).map(name => [file(name).path, diagnose(file(name), service)]));
	const configured = new Map(
		service.configurations.flatMap(each => {
			const role = each.roles.find(({ name }) => name?.text === 'Mill');
			return role ? [[each.path, role.element] as const] : [];
		}),
	);
	const definition = file('definition').path;
	return shownForm({ form, matrix: matrixOf(service), problems, configured, locks, definition }, words);
}

/** Fields that say something, as `section: title (note): label=value`, with their errors. */
function lines({ sections }: ShownForm): readonly string[] {
	return sections.flatMap(({ id, entries }) =>
		entries.flatMap(({ title, note, fields }) =>
			fields
				.filter(each => each.value !== undefined || each.missing)
				.map(({ label, value: text, missing, secret, problems }) => {
					const errors = problems.filter(({ severity }) => severity === 'error').length;
					return `${id}: ${title}${note ? ` (${note})` : ''}: ${label}=${missing ? '(missing)' : text}${secret ? ' secret' : ''}${errors ? ` ${errors} error` : ''}`;
				}),
		),
	);
}

const definition = `<WorkerRole name="Mill">${imports('RemoteForwarder')}
<ConfigurationSettings><Setting name="ApiKey"/></ConfigurationSettings>
<Startup><Task commandLine="a.cmd"><Environment><Variable name="PASSWORD" value="s3cret"/></Environment></Task></Startup></WorkerRole>`;

suite('form of a role for its page', () => {
	test('definition and configurations together; what an import brings and what nobody declares are told apart', () => {
		const { form } = shown({
			definition,
			Local: configured('Mill', value('ApiKey', 's3cret'), 1),
			Cloud: configured('Mill', value('Old', 'x'), 2).replace('count="2"', 'count="two"'),
		});
		assert.deepEqual(lines(form), [
			'instances: : Local=1',
			'instances: : Cloud=two 1 error',
			'setting: ApiKey (Setting): Local=••• secret',
			'setting: ApiKey (Setting): Cloud=(missing) 1 error',
			'setting: Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled (from an import): Local=(missing) 1 error',
			'setting: Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled (from an import): Cloud=(missing) 1 error',
			'setting: Old (not declared): Cloud=x 1 error',
			'startupTask: a.cmd (Task): commandLine=a.cmd',
			'startupTask: a.cmd (Task): Variable name=PASSWORD',
			'startupTask: a.cmd (Task): Variable value=••• secret',
		]);
		assert.doesNotMatch(JSON.stringify(form), /s3cret/);
	});

	test('every field has an id of its own that outlives an entry before it', () => {
		const ids = (text: string) => {
			const { form, targets } = shown({ definition: text, Local: configured('Mill') });
			const all = form.sections.flatMap(each => each.entries.flatMap(({ fields }) => fields.map(({ id }) => id)));
			assert.equal(new Set(all).size, all.length);
			assert.deepEqual(
				all.filter(id => !targets.has(id)),
				[],
			);
			return all;
		};
		const endpoint = (name: string) => `<InternalEndpoint name="${name}" protocol="tcp"/>`;
		const role = (...names: string[]) =>
			`<WorkerRole name="Mill"><Endpoints>${names.map(endpoint).join('')}</Endpoints></WorkerRole>`;
		const before = ids(role('A', 'A', 'B'));
		const after = new Set(ids(role('New', 'A', 'A', 'B')));
		assert.deepEqual(
			before.filter(id => !after.has(id)),
			[],
		);
	});

	test('a file that is read-only locks its fields and no others', () => {
		const { form } = shown(
			{ definition, Local: configured('Mill') },
			new Map([['/s/ServiceConfiguration.Local.cscfg', 'read-only']]),
		);
		const locked = form.sections.flatMap(({ id, entries }) =>
			entries.some(({ fields }) => fields.some(each => each.locked === 'read-only')) ? [id] : [],
		);
		assert.deepEqual(locked, ['instances', 'setting']);
	});

	test('problems that stand at no field are told at the top, with their file', () => {
		const { form } = shown({ definition, Local: '<Role name="Mill"><Nonsense/><Instances count="1"/></Role>' });
		const errors = form.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
		assert.ok(
			errors.some(message => /^\/s\/ServiceConfiguration\.Local\.cscfg: .*Nonsense/.test(message)),
			errors.join('\n'),
		);
	});
});
