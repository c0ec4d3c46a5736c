/**
 * The shape of the files in `schemas/`: JSON Schema 2020-12 over the projection of a document (`projection.ts`), with a
 * few keywords of our own that `validation.ts` teaches to ajv. An element is an object; its attributes are properties
 * `@name`, its children arrays under their names, `#blank` is white space without elements, `#text` other text.
 */
export interface SchemaFile {
	/** The XML namespace of the elements. */
	readonly targetNamespace: string;
	/** The possible root elements. */
	readonly properties: Readonly<Record<string, PropertySchema>>;
	readonly $defs: Readonly<Record<string, ElementSchema & ValueSchema>>;
}

export interface ElementSchema {
	readonly description?: string;
	readonly since?: string;
	readonly properties?: Readonly<Record<string, PropertySchema>>;
	readonly required?: readonly string[];
	/** The children that have to be there only from this schemaVersion on; before, their absence is a warning. */
	readonly requiredSince?: Readonly<Record<string, string>>;
	/** The order of the children: names, or groups of names that may be mixed. Without it any order is right. */
	readonly sequence?: readonly (string | readonly string[])[];
	/** Another order that the documentation shows: a warning. */
	readonly documentedSequence?: readonly (string | readonly string[])[];
	/** Exactly one of these children has to be there. */
	readonly choice?: readonly string[];
	/** Names that the documentation writes differently, with their right form: a warning. */
	readonly documentedNames?: Readonly<Record<string, string>>;
}

/** An attribute (`@name`), a list of children, or the marks `#blank` and `#text`. */
export type PropertySchema = ValueSchema & {
	readonly items?: { readonly $ref?: string };
	readonly minItems?: number;
	readonly maxItems?: number;
};

export interface ValueSchema {
	readonly $ref?: string;
	readonly description?: string;
	readonly default?: string;
	readonly since?: string;
	/** The schemaVersion from which on this is allowed; an error with an older one. */
	readonly allowedSince?: string;
	readonly enum?: readonly string[];
	readonly enumDescriptions?: readonly string[];
	/** Values worth proposing where others are allowed too. */
	readonly examples?: readonly string[];
	readonly pattern?: string;
	/** What the pattern means, for people: completes "The value has to be ...". */
	readonly patternDescription?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly lexical?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	/** The severity of a wrong value where it is not an error. */
	readonly valueSeverity?: string;
}
