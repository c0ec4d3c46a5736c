import assert from 'node:assert/strict';
import { planRole, type RoleAnswers } from '../../src/scaffold/addRole';
import { planService } from '../../src/scaffold/newService';
import { Folder } from './folder';

/** Adds a role where the files of the editor are wanted, to a service in a folder below the one that is open. */
function add(folder: Folder, answers: RoleAnswers): Folder {
	return folder.apply(planRole(folder.service(), answers, folder.surroundings('/w')));
}

function shop(files: Readonly<Record<string, string>> = {}): Folder {
	const folder = new Folder().apply(planService('Shop', '/w/Shop'));
	for (const [name, text] of Object.entries(files)) {
		folder.files.set(`/w/.vscode/${name}`, text);
	}
	return folder;
}

const typescript: RoleAnswers = { name: 'Script', kind: 'worker', language: 'typescript' };
const entry = {
	type: 'rolewright',
	request: 'launch',
	name: 'Debug Shop',
	service: 'Shop/ServiceDefinition.csdef',
};
const task = {
	label: 'Build Script',
	type: 'process',
	command: 'node',
	args: ['Script/build.js'],
	options: { cwd: '${workspaceFolder}/Shop' },
	problemMatcher: '$tsc',
	group: 'build',
};

suite('launch.json and tasks.json', () => {
	test('are written where there are none', () => {
		const folder = add(shop(), typescript);
		assert.deepEqual(JSON.parse(folder.text('/w/.vscode/launch.json')), { version: '0.2.0', configurations: [entry] });
		assert.deepEqual(JSON.parse(folder.text('/w/.vscode/tasks.json')), { version: '2.0.0', tasks: [task] });
	});

	test('keep all that stands in them, comments and the last comma too', () => {
		const launch = `{
  // Use IntelliSense to learn about possible attributes.
  "version": "0.2.0",
  "configurations": [
    { "type": "node", "name": "mine", "request": "launch" }, // mine
    // more to come
  ],
  "compounds": [] /* none */
}
`;
		const tasks = '{\r\n\t"version": "2.0.0" // the only one\r\n}\r\n';
		const folder = add(shop({ 'launch.json': launch, 'tasks.json': tasks }), typescript);
		const indented = JSON.stringify(entry, undefined, 2).replaceAll('\n', '\n    ');
		assert.equal(
			folder.text('/w/.vscode/launch.json'),
			launch.replace('// more to come\n', `// more to come\n    ${indented},\n`),
		);
		assert.match(
			folder.text('/w/.vscode/tasks.json'),
			/^\{\r\n\t"version": "2\.0\.0", \/\/ the only one\r\n\t"tasks": \[\r\n\t\t\{\r\n\t\t\t"label": "Build Script",\r\n[\s\S]*\r\n\t\]\r\n\}\r\n$/,
		);
	});

	test('an entry that does the same is enough', () => {
		const folder = add(shop(), typescript);
		const before = folder.text('/w/.vscode/launch.json');
		add(folder, { ...typescript, name: 'Second' });
		assert.equal(folder.text('/w/.vscode/launch.json'), before);
		assert.equal(JSON.parse(folder.text('/w/.vscode/tasks.json')).tasks.length, 2);
	});

	test('what is not well-formed stays as it is, and that is said', () => {
		const folder = add(shop({ 'launch.json': '{ "configurations": [', 'tasks.json': '' }), typescript);
		assert.equal(folder.text('/w/.vscode/launch.json'), '{ "configurations": [');
		assert.match(
			folder.notes.at(-1) ?? '',
			/^launch\.json is not well-formed and stays as it is: correct it, and add \{/,
		);
		assert.equal(JSON.parse(folder.text('/w/.vscode/tasks.json')).tasks[0].label, 'Build Script');
	});

	test('a new service gets its launch configuration, and roles without a build of their own no task', () => {
		const folder = new Folder('/w').apply(
			planService('Shop', '/w', { ...new Folder().surroundings(), editorFolder: '/w' }),
		);
		assert.equal(
			JSON.parse(folder.text('/w/.vscode/launch.json')).configurations[0].service,
			'ServiceDefinition.csdef',
		);
		add(folder, { name: 'Plain', kind: 'worker', language: 'javascript' });
		assert.equal(folder.files.has('/w/.vscode/tasks.json'), false);
	});
});
