import type { Ajv2020, ErrorObject } from 'ajv/dist/2020';
import type { SchemaValidateFunction } from 'ajv/dist/types';
import { isLexical, judge } from './lexical';
import { elementOf, type Projected } from './projection';
import type { ElementSchema, ValueSchema } from './schemaFile';
import { misplacedIn, type Sequence } from './sequence';

/** Teaches ajv what JSON Schema cannot say about XML. The shapes of the keywords are in `schemaFile.ts`. */
export function addKeywords(ajv: Ajv2020): void {
	ajv.addVocabulary(['targetNamespace', 'since', 'enumDescriptions', 'patternDescription', 'valueSeverity']);
	ajv.addVocabulary(['documentedSequence', 'documentedNames']);
	add(ajv, 'lexical', 'string', (kind: string, value: string, schema: ValueSchema = {}) => {
		const verdict = isLexical(kind) ? judge(kind, value, schema.minimum, schema.maximum) : 'form';
		return verdict === 'right' ? undefined : { verdict };
	});
	add(ajv, 'sequence', 'object', (sequence: Sequence, element: Projected, schema: ElementSchema = {}) => {
		const { children } = elementOf(element);
		const misplaced = children.length < 2 ? [] : misplacedIn(children, sequence);
		if (misplaced.length === 0) {
			return undefined;
		}
		const documented =
			schema.documentedSequence !== undefined && misplacedIn(children, schema.documentedSequence).length === 0;
		return { misplaced, documented };
	});
	add(ajv, 'choice', 'object', (names: readonly string[], element: Projected) => {
		const present = names.filter(name => element[name] !== undefined);
		return present.length === 1 ? undefined : { present };
	});
	add(ajv, 'requiredSince', 'object', (versions: Readonly<Record<string, string>>, element: Projected) => {
		const missing = Object.keys(versions).filter(name => element[name] === undefined);
		return missing.length === 0 ? undefined : { missing };
	});
	add(ajv, 'allowedSince', ['string', 'array'], (since: string, _value, _schema, context) => {
		const version = versionOf(context?.rootData);
		return version !== undefined && version < since ? { since, version } : undefined;
	});
}

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

type Check<S, D, P> = (
	schema: S,
	data: D,
	parentSchema: P | undefined,
	context: Parameters<SchemaValidateFunction>[3],
) => Record<string, unknown> | undefined;

/** Adds a keyword whose check answers with the parameters of its error, or with nothing. */
function add<S, D, P>(
	ajv: Ajv2020,
	keyword: string,
	type: 'string' | 'object' | ('string' | 'array')[],
	check: Check<S, D, P>,
): void {
	const validate: SchemaValidateFunction = (schema, data, parentSchema, context) => {
		const params = check(schema, data, parentSchema as P | undefined, context);
		// ajv adds the parent schema only to the errors of its own keywords.
		validate.errors = params
			? [{ keyword, params, parentSchema: parentSchema ?? {} } satisfies Partial<ErrorObject>]
			: [];
		return params === undefined;
	};
	ajv.addKeyword({ keyword, type, errors: true, validate });
}
