import type { Format } from './catalog';
import { type AttributeGrammar, elementGrammar } from './grammar';

/** The required parts of a new element, to be written at once: `<Role name=""><Instances count=""/></Role>`. */
export interface RequiredParts {
	readonly name: string;
	/** The required attributes; `value` is the only or the default value, else empty. */
	readonly attributes: readonly { readonly name: string; readonly value: string; readonly grammar: AttributeGrammar }[];
	readonly children: readonly RequiredParts[];
	/** False for an element that can hold no element, which is written `<Name .../>`. */
	readonly canHaveChildren: boolean;
}

/** The required parts of a new element, down to the required children of required children. */
export function requiredParts(format: Format, path: readonly string[]): RequiredParts | undefined {
	const grammar = elementGrammar(format, path);
	return (
		grammar && {
			name: grammar.name,
			attributes: grammar.attributes
				.filter(attribute => attribute.required)
				.map(attribute => ({ name: attribute.name, value: onlyValue(attribute), grammar: attribute })),
			children: grammar.children
				.filter(child => child.min > 0)
				.map(child => requiredParts(format, [...path, child.name]))
				.filter(parts => parts !== undefined),
			canHaveChildren: grammar.children.length > 0,
		}
	);
}

function onlyValue({ value, default: usual }: AttributeGrammar): string {
	return usual ?? (value.kind === 'enumeration' && value.values.length === 1 ? (value.values[0]?.value ?? '') : '');
}
