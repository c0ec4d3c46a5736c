import type { Token } from '../../base/span';
import type { Definition, RoleDefinition } from '../definition';
import type { RuleProblem } from '../problems';
import type { Service } from '../service';

export type Report = (path: string, problem: RuleProblem) => void;

/** One row of cross-file-rules.md. Names that are missing or empty are the schema's business, and nothing here. */
export type Rule = (service: Service, report: Report) => void;

/** Calls back for every token whose name an earlier one has already taken. */
export function eachRepeated(tokens: readonly Token[], found: (repeated: Token, first: Token) => void): void {
	const first = new Map<string, Token>();
	for (const token of tokens) {
		const earlier = first.get(token.text);
		if (earlier) {
			found(token, earlier);
		} else if (token.text !== '') {
			first.set(token.text, token);
		}
	}
}

/** The role of a name in the definition; with two of one name, the first. */
export function roleNamed(definition: Definition, name: string): RoleDefinition | undefined {
	let roles = rolesByName.get(definition);
	if (!roles) {
		// From the last to the first, so that the first of one name stays.
		roles = new Map(definition.roles.toReversed().map(role => [role.name?.text ?? '', role]));
		rolesByName.set(definition, roles);
	}
	return name === '' ? undefined : roles.get(name);
}

const rolesByName = new WeakMap<Definition, ReadonlyMap<string, RoleDefinition>>();

export function roleNames(definition: Definition): readonly string[] {
	return definition.roles.flatMap(role => (role.name?.text ? [role.name.text] : []));
}

/** One place that explains a problem. */
export function seeAlso(path: string, span: Token | undefined, message: string) {
	return span ? [{ path, span: { start: span.start, end: span.end }, message }] : [];
}
