import assert from 'node:assert/strict';
import path from 'node:path';
import { findRoleCode, type Listing } from '../../src/runner/roleCode';
import type { RoleSettings } from '../../src/runner/roleSettings';

interface Case {
	readonly files: readonly string[];
	readonly cloudProject?: Readonly<Record<string, string>>;
	readonly settings?: RoleSettings;
}

const root = path.resolve('/solution');

/** Where the code of the role Worker is, for a service in `Cloud`; words out. */
function finds({ files, cloudProject, settings }: Case, expected: string): void {
	const found = findRoleCode('Worker', {
		definition: path.join(root, 'Cloud/ServiceDefinition.csdef'),
		cloudProject: cloudProject && {
			path: path.join(root, 'Cloud/Cloud.ccproj'),
			definitions: [],
			configurations: [],
			roles: Object.entries(cloudProject).map(([name, project]) => ({ name, project: path.join(root, project) })),
		},
		settings,
		listing: listing(files),
	});
	const words =
		'problem' in found
			? found.problem
			: found.kind === 'project'
				? `project ${path.relative(root, found.project)}`
				: `folder ${path.relative(root, found.folder)}`;
	assert.equal(words.replaceAll('\\', '/').replaceAll(root.replaceAll('\\', '/'), ''), expected);
}

suite('Where the code of a role is', () => {
	test('what rolewright.json says comes first', () => {
		const files = ['Cloud/built/worker.js', 'Cloud/Worker/Worker.csproj', 'Other/Other.csproj'];
		finds({ files, settings: { code: 'built' } }, 'folder Cloud/built');
		finds({ files, settings: { project: '../Other/Other.csproj' } }, 'project Other/Other.csproj');
		finds({ files, settings: { project: '..\\Other\\Other.csproj' } }, 'project Other/Other.csproj');
		finds({ files, settings: { code: 'dist', build: 'npm run build' } }, 'folder Cloud/dist');
		finds({ files, settings: { environment: {} } }, 'project Cloud/Worker/Worker.csproj');
	});

	test('what it says must be there', () => {
		const files = ['Cloud/Worker/worker.js'];
		finds(
			{ files, settings: { code: 'built' } },
			"rolewright.json names 'built' for the role 'Worker', but there is no such folder.",
		);
		finds(
			{ files, settings: { project: 'Worker' } },
			"rolewright.json names 'Worker' for the role 'Worker', but there is no such file.",
		);
	});

	test('then the project that the .ccproj gives the role', () => {
		const files = ['Cloud/Worker/worker.js', 'Some/Some.csproj', 'Node/Node.njsproj', 'Node/server.js'];
		finds({ files, cloudProject: { Worker: 'Some/Some.csproj' } }, 'project Some/Some.csproj');
		finds({ files, cloudProject: { Worker: 'Node/Node.njsproj' } }, 'folder Node');
		finds({ files, cloudProject: { Other: 'Some/Some.csproj' } }, 'folder Cloud/Worker');
		finds(
			{ files, cloudProject: { Worker: 'Gone/Gone.csproj' } },
			"Cloud.ccproj gives the role 'Worker' the project '/Gone/Gone.csproj', but there is no such file: correct its path there, or name the code as 'roles.Worker.project' or 'roles.Worker.code' in rolewright.json.",
		);
	});

	test('then the folder of its name beside the definition', () => {
		finds({ files: ['Cloud/Worker/worker.js'] }, 'folder Cloud/Worker');
		finds({ files: ['Cloud/Worker/Anything.csproj'] }, 'project Cloud/Worker/Anything.csproj');
		finds({ files: ['Cloud/Worker/A.csproj', 'Cloud/Worker/worker.vbproj'] }, 'project Cloud/Worker/worker.vbproj');
		finds(
			{ files: ['Cloud/Worker/A.csproj', 'Cloud/Worker/B.csproj'] },
			"The code of the role 'Worker' may be any of Worker/A.csproj, Worker/B.csproj: name one as 'roles.Worker.project' in rolewright.json.",
		);
	});

	test('then the one project file of that name below the definition', () => {
		finds({ files: ['Cloud/src/code/Worker.fsproj'] }, 'project Cloud/src/code/Worker.fsproj');
		finds(
			{ files: ['Cloud/a/Worker.csproj', 'Cloud/b/Worker.csproj'] },
			"The code of the role 'Worker' may be any of a/Worker.csproj, b/Worker.csproj: name one as 'roles.Worker.project' in rolewright.json.",
		);
	});

	test('nowhere names the four places', () => {
		finds(
			{ files: ['Cloud/Other/worker.js', 'Worker/Worker.csproj'] },
			"The code of the role 'Worker' was not found: name it as 'roles.Worker.code' or 'roles.Worker.project' in rolewright.json, " +
				"give the role a project in the .ccproj, put it into the folder '/Cloud/Worker', " +
				"or have one project file named 'Worker' below that of the definition.",
		);
	});

	test('a name that is no folder leads nowhere', () => {
		for (const name of ['..', '../Other', 'C:']) {
			const found = findRoleCode(name, {
				definition: path.join(root, 'Cloud/ServiceDefinition.csdef'),
				cloudProject: undefined,
				settings: undefined,
				listing: listing(['Other/worker.js', 'Cloud/C:/worker.js']),
			});
			assert.ok('problem' in found, name);
		}
	});
});

function listing(names: readonly string[]): Listing {
	const files = names.map(name => path.join(root, name));
	return {
		find: wanted => {
			const kind = files.includes(wanted)
				? 'file'
				: files.some(file => file.startsWith(wanted + path.sep))
					? 'folder'
					: undefined;
			return kind && { path: wanted, kind };
		},
		filesIn: folder => files.filter(file => path.dirname(file) === folder),
		projectsBelow: folder => files.filter(file => file.startsWith(folder + path.sep) && /proj$/.test(file)),
	};
}
