import { isLexical, judge } from './lexical';
import { elementOf, type Projected } from './projection';
import type { ElementSchema, ValueSchema } from './schemaFile';
import { misplacedIn, type Sequence } from './sequence';

/** Answers with what an error has to tell, or with nothing. `root` is the whole projected document. */
type Check<S, D, P> = (schema: S, data: D, parentSchema: P, root: unknown) => object | undefined;

/**
 * What JSON Schema cannot say about XML, by keyword. The shapes of the keywords are in `schemaFile.ts`; `keywords.ts`
 * teaches them to ajv, whose validators then call these functions.
 */
export const checks = {
	lexical: ((kind, value, { minimum, maximum }) => {
		const verdict = isLexical(kind) ? judge(kind, value, minimum, maximum) : 'form';
		return verdict === 'right' ? undefined : { verdict };
	}) satisfies Check<string, string, ValueSchema>,

	sequence: ((sequence, element, { documentedSequence }) => {
		const { children } = elementOf(element);
		const misplaced = children.length < 2 ? [] : misplacedIn(children, sequence);
		if (misplaced.length === 0) {
			return undefined;
		}
		const documented = documentedSequence !== undefined && misplacedIn(children, documentedSequence).length === 0;
		return { misplaced, documented };
	}) satisfies Check<Sequence, Projected, ElementSchema>,

	choice: ((names, element) => {
		const present = names.filter(name => element[name] !== undefined);
		return present.length === 1 ? undefined : { present };
	}) satisfies Check<readonly string[], Projected, ElementSchema>,

	requiredSince: ((versions, element) => {
		const missing = Object.keys(versions).filter(name => element[name] === undefined);
		return missing.length === 0 ? undefined : { missing };
	}) satisfies Check<Readonly<Record<string, string>>, Projected, ElementSchema>,

	allowedSince: ((since, _value, _schema, root) => {
		const version = versionOf(root);
		return version !== undefined && version < since ? { since, version } : undefined;
	}) satisfies Check<string, unknown, ValueSchema>,
};

/** The schemaVersion of a projected document where it says one; versions begin with a date, so that text order is their order. */
export function versionOf(root: unknown): string | undefined {
	const lists: unknown[] = typeof root === 'object' && root !== null ? Object.values(root) : [];
	const element: unknown = Array.isArray(lists[0]) ? lists[0][0] : undefined;
	const version: unknown =
		typeof element === 'object' && element !== null && '@schemaVersion' in element
			? element['@schemaVersion']
			: undefined;
	return typeof version === 'string' && /^[0-9]{4}-[0-9]{2}\./.test(version) ? version : undefined;
}
