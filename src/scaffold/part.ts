import { Failure } from '../base/failure';
import type { Edit } from '../base/span';
import type { Configuration, RoleConfiguration } from '../model/configuration';
import type { Definition, RoleDefinition } from '../model/definition';
import { addToLists } from '../model/lists';
import type { Markup } from '../model/markup';
import type { Service } from '../model/service';
import { isTransform } from '../xml/transform';
import type { Plan } from './plan';
import { type Answers, type Asked, answerProblem, applies, type Question } from './question';
import type { Surroundings } from './surroundings';

/** Something that is added to a role that exists. */
export interface Part {
	/** As the command line calls it: `local-storage`. */
	readonly what: string;
	/** Its first answer is its name. */
	readonly questions: readonly Question[];
	/** True for the roles that can have one. */
	suits(role: RoleDefinition): boolean;
	/** The answers are complete, and each of them was found possible. */
	plan(asked: Asked, surroundings: Surroundings): Plan;
}

/**
 * The plan for a part: answers that are missing are taken as proposed. Throws a `Failure` for an answer that cannot be,
 * for one that is missing without a proposal, and for one to a question that the others make pointless.
 */
export function planPart(
	part: Part,
	service: Service,
	roleName: string,
	given: Answers,
	surroundings: Surroundings,
): Plan {
	const { definition, role } = roleNamed(service, roleName);
	if (!part.suits(role)) {
		throw new Failure(`The ${kindWords[role.kind]} '${roleName}' cannot have this: ${part.what}.`);
	}
	let answers: Answers = {};
	for (const question of part.questions) {
		const asked = { service, definition, role, answers };
		const said = given[question.key];
		if (!applies(question, asked)) {
			refusePointless(question, said, part);
			continue;
		}
		const answer = said ?? question.initial?.(asked) ?? '';
		const problem = answerProblem(question, answer, asked);
		if (problem) {
			throw new Failure(problem);
		}
		answers = { ...answers, [question.key]: answer };
	}
	return part.plan({ service, definition, role, answers }, surroundings);
}

/** The role of a service. Throws a `Failure` that names those that there are. */
export function roleNamed(
	{ definition }: Service,
	name: string,
): { readonly definition: Definition; readonly role: RoleDefinition } {
	const role = definition?.roles.find(each => each.name?.text === name);
	if (definition && role) {
		return { definition, role };
	}
	const names = definition?.roles.flatMap(each => each.name?.text || []) ?? [];
	throw new Failure(
		names.length === 0
			? `There is no role '${name}': the service has no roles; add one first.`
			: `There is no role '${name}'; the roles are ${names.join(', ')}.`,
	);
}

/** Adds to the lists of the role in the definition. */
export function inDefinition(
	{ definition, role }: Pick<Asked, 'definition' | 'role'>,
	...additions: readonly (readonly [list: string, items: readonly Markup[]])[]
): Plan {
	return {
		files: [],
		edits: [{ path: definition.path, edits: addToLists(definition.document, role.element, additions) }],
	};
}

/** Edits the role in every configuration; one that lacks the role is left as it is, and that is said. */
export function inConfigurations(
	{ service, role }: Pick<Asked, 'service' | 'role'>,
	edit: (configuration: Configuration, role: RoleConfiguration) => readonly Edit[],
): Plan {
	const name = role.name?.text ?? '';
	const notes: string[] = [];
	const edits = service.configurations.flatMap(configuration => {
		if (isTransform(configuration.document)) {
			return [];
		}
		const configured = configuration.roles.find(each => each.name?.text === name);
		if (!configured) {
			notes.push(`${configuration.path} has no role '${name}', so nothing was added there.`);
			return [];
		}
		return [{ path: configuration.path, edits: edit(configuration, configured) }];
	});
	return { files: [], edits, ...(notes.length > 0 && { notes }) };
}

export const kindWords = {
	WebRole: 'web role',
	WorkerRole: 'worker role',
	VirtualMachineRole: 'VM role',
} as const;

/** An answer that would change nothing was meant for something else. */
function refusePointless(question: Question, said: string | undefined, part: Part): void {
	if (said !== undefined && said !== '') {
		throw new Failure(
			`The ${question.key.replaceAll('-', ' ')} does not go with these answers of ${part.what}; leave it out.`,
		);
	}
}
