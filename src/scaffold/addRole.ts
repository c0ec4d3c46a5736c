import { Failure } from '../base/failure';
import { addProjectReference } from '../model/cloudProjectEdits';
import type { Definition } from '../model/definition';
import { tokenOf } from '../model/elements';
import { configureRole, declareRole } from '../model/entryEdits';
import { freePort } from '../model/freePorts';
import { setAttribute } from '../model/markup';
import { folderOf } from '../model/paths';
import type { Service } from '../model/service';
import type { XmlDocument, XmlElement } from '../xml/syntax';
import { isTransform } from '../xml/transform';
import { planLaunch, planTask } from './launchFiles';
import { nothing, type Plan, together, within } from './plan';
import { type RoleKindAnswers, templateOf } from './roleKinds';
import { roleNameProblem } from './roleName';
import type { RoleTemplate } from './roleTemplate';
import { describeRole } from './rolewrightFile';
import type { Surroundings } from './surroundings';
import { vmRoleSchemaVersion } from './vmRole';

export type RoleAnswers = RoleKindAnswers & {
	readonly name: string;
	/** Instances in every configuration; default 1. */
	readonly instances?: number;
};

/**
 * The plan for a new role: its folder beside the definition, its declaration, its entry in every configuration, and what
 * a project or `rolewright.json` has to say of it. Fails where the name cannot be used or the definition cannot be extended.
 */
export function planRole(service: Service, answers: RoleAnswers, surroundings: Surroundings): Plan {
	const { definition } = service;
	const problem = roleNameProblem(service, answers.name);
	if (problem) {
		throw new Failure(problem);
	}
	const template = templateOf(answers.name, answers, freePort(service));
	const declaration = definition && declareRole(definition, template.role);
	if (!definition || !declaration) {
		throw new Failure(
			'There is no ServiceDefinition element to add the role to; create a service first, or repair its definition.',
		);
	}
	const folder = within(folderOf(definition.path), answers.name);
	const named = { name: definition.name?.text ?? '', definition: definition.path };
	const configurations = service.configurations.flatMap(configuration => {
		const edit = isTransform(configuration.document)
			? undefined
			: configureRole(configuration, answers.name, undefined, answers.instances ?? 1, template.image);
		return edit ? [{ path: configuration.path, edits: [edit] }] : [];
	});
	return together(
		{
			files: template.files.map(file => ({ path: within(folder, ...file.path.split('/')), text: file.text })),
			edits: [{ path: definition.path, edits: [declaration] }, ...configurations],
			...(template.notes && { notes: template.notes }),
		},
		answers.kind === 'vm' ? olderSchema(service) : nothing,
		template.settings ? describeRole(definition, answers.name, template.settings, surroundings) : nothing,
		inProjects(definition, answers.name, template, surroundings),
		planLaunch(named, surroundings),
		planTask(named, `Build ${answers.name}`, template.buildTask, surroundings),
	);
}

/** A VM role is an error in the schemas that came after it, so all files of its service say an older version. */
function olderSchema({ definition, configurations }: Service): Plan {
	const files = [...(definition ? [definition] : []), ...configurations];
	const edits = files.flatMap(file =>
		tooNew(file.element) ? [{ path: file.path, edits: [versionEdit(file.document, file.element)] }] : [],
	);
	const note = `The schema version of the service becomes ${vmRoleSchemaVersion}, the last one with VM roles.`;
	return { files: [], edits, ...(edits.length > 0 && { notes: [note] }) };
}

function versionEdit(document: XmlDocument, element: XmlElement) {
	return setAttribute(document, element, 'schemaVersion', vmRoleSchemaVersion);
}

/** The versions begin with year and month, so that they sort by age. */
function tooNew(element: XmlElement | undefined): element is XmlElement {
	const version = tokenOf(element, 'schemaVersion')?.text;
	return version !== undefined && version !== 'unspecified' && version > vmRoleSchemaVersion;
}

function inProjects(
	definition: Definition,
	name: string,
	{ project, role }: RoleTemplate,
	{ cloudProjects, text }: Surroundings,
): Plan {
	const edits = cloudProjects.flatMap(path => {
		const before = project === undefined ? undefined : text(path);
		const reference = { definition: definition.path, file: `${name}/${project}`, role: name, kind: role.name };
		const edit = before === undefined ? undefined : addProjectReference(path, before, reference);
		return edit ? [{ path, edits: [edit] }] : [];
	});
	return { files: [], edits };
}
