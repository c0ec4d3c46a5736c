import { copyToOutput } from '../model/cloudProjectEdits';
import type { RoleDefinition } from '../model/definition';
import { fileOf, folderOf } from '../model/paths';
import { freeName } from './names';
import { inDefinition, type Part } from './part';
import { type Plan, together, within } from './plan';
import type { Asked } from './question';
import { element } from './roleTemplate';
import { describeRole } from './rolewrightFile';
import { scriptForOthers, scriptForWindows } from './startupScripts';
import type { Surroundings } from './surroundings';

/** A startup task with the script that it runs; its name is the name of the script. */
export const startupTaskPart: Part = {
	what: 'startup-task',
	questions: [
		{
			key: 'name',
			initial: ({ role }) => freeName('startup', scriptNames(role)),
			problem: (answer, { role }) => {
				if (!/^[A-Za-z_][\w-]{0,59}$/.test(answer)) {
					return 'Use letters, digits, hyphens and underscores in the name of a startup task: it is the name of its script.';
				}
				const same = scriptNames(role).some(each => each.toLowerCase() === answer.toLowerCase());
				return same ? `There is already a startup task that runs '${answer}.cmd'; choose another name.` : undefined;
			},
		},
		{ key: 'task-type', choices: () => ['simple', 'background', 'foreground'], initial: () => 'simple' },
		{ key: 'execution-context', choices: () => ['limited', 'elevated'], initial: () => 'limited' },
	],
	suits: ({ kind }) => kind !== 'VirtualMachineRole',
	plan: (asked, surroundings) => {
		const { name = '' } = asked.answers;
		const task = element('Task', {
			commandLine: `${name}.cmd`,
			executionContext: asked.answers['execution-context'] ?? '',
			taskType: asked.answers['task-type'] ?? '',
		});
		// The command interpreter of Windows is nowhere else; there the other script does the same.
		const elsewhere = { tasks: { [`${name}.cmd`]: { run: `sh ${name}.sh` } } };
		return together(
			inDefinition(asked, ['Startup', [task]]),
			scripts(asked, surroundings),
			describeRole(asked.definition, asked.role.name?.text ?? '', elsewhere, surroundings),
		);
	},
};

/** The scripts lie with the sources of the role, and beside what is built of them. */
function scripts(asked: Asked, surroundings: Surroundings): Plan {
	const { answers, role } = asked;
	const name = answers.name ?? '';
	const { folder, project } = placeOf(asked, surroundings);
	const written = [
		{ path: within(folder, `${name}.cmd`), text: scriptForWindows(name, role.name?.text ?? '') },
		{ path: within(folder, `${name}.sh`), text: scriptForOthers(name, role.name?.text ?? '') },
	];
	const text = project === undefined ? undefined : surroundings.text(project);
	const edit = text === undefined ? undefined : copyToOutput(text, ...written.map(({ path }) => fileOf(path)));
	return { files: written, edits: project !== undefined && edit ? [{ path: project, edits: [edit] }] : [] };
}

/** The folder of the project, else the one of the role beside the definition, which may be built into another. */
function placeOf({ definition, role }: Asked, { codeOf, isFolder }: Surroundings) {
	const name = role.name?.text ?? '';
	const code = codeOf(name);
	const beside = within(folderOf(definition.path), name);
	return code?.project !== undefined || !isFolder(beside) ? (code ?? { folder: beside }) : { folder: beside };
}

function scriptNames({ startupTasks }: RoleDefinition): readonly string[] {
	return startupTasks.flatMap(({ commandLine }) => /([\w-]+)\.cmd\b/i.exec(commandLine)?.[1] ?? []);
}
