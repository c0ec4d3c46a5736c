import type { JsonNode } from '../base/jsonTree';
import type { Problem } from '../base/problem';
import type { Span, Token } from '../base/span';
import { parseDuration } from '../runner/script';

/**
 * Reads the parts of a scenario from its tree. A part of the wrong kind is a problem at its place and `undefined` here, so
 * that everything else is still read.
 */
export class Shape {
	readonly problems: Problem[] = [];

	constructor(private readonly source: string) {}

	wrong(message: string, span: Span): undefined {
		this.problems.push({ code: 'scenarioForm', severity: 'error', layer: 'schema', message, span });
		return undefined;
	}

	/** The properties by their names; `what` begins the sentence where it is none: `A step`. */
	object(node: JsonNode | undefined, what: string): Properties | undefined {
		if (node?.kind !== 'object') {
			return node && this.wrong(`${what} is an object in braces.`, node.span);
		}
		const seen = new Map<string, JsonNode>();
		const names = new Map<string, Token>();
		for (const { name, value } of node.properties) {
			if (names.has(name.text)) {
				this.wrong(`"${name.text}" is written twice: leave one out.`, name);
			}
			names.set(name.text, name);
			if (value) {
				seen.set(name.text, value);
			}
		}
		return { span: node.span, names, get: name => seen.get(name) };
	}

	/** Names that mean nothing here are problems. */
	only({ names }: Properties, known: readonly string[], what: string): void {
		for (const token of names.values()) {
			if (!known.includes(token.text)) {
				this.wrong(`${what} has no property "${token.text}"; its properties are ${known.join(', ')}.`, token);
			}
		}
	}

	list(node: JsonNode | undefined, what: string): readonly JsonNode[] {
		if (node && node.kind !== 'array') {
			this.wrong(`${what} is a list in square brackets.`, node.span);
		}
		return node?.kind === 'array' ? node.items : [];
	}

	/** A text that is not empty. */
	word(node: JsonNode | undefined, what: string): Token | undefined {
		if (node === undefined) {
			return undefined;
		}
		return node.kind === 'value' && typeof node.value === 'string' && node.value.trim() !== ''
			? { ...node.span, text: node.value }
			: this.wrong(`${what} is a text.`, node.span);
	}

	text(node: JsonNode | undefined, what: string): string | undefined {
		if (node === undefined) {
			return undefined;
		}
		return node.kind === 'value' && typeof node.value === 'string'
			? node.value
			: this.wrong(`${what} is a text in quotation marks.`, node.span);
	}

	number(node: JsonNode | undefined, what: string, from: number, to: number, whole = false): number | undefined {
		if (node === undefined) {
			return undefined;
		}
		const value = node.kind === 'value' ? node.value : undefined;
		const isInside = typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value));
		return isInside
			? value
			: this.wrong(`${what} is a ${whole ? 'whole ' : ''}number from ${from} to ${to}.`, node.span);
	}

	flag(node: JsonNode | undefined, what: string): boolean | undefined {
		if (node === undefined) {
			return undefined;
		}
		return node.kind === 'value' && typeof node.value === 'boolean'
			? node.value
			: this.wrong(`${what} is true or false.`, node.span);
	}

	choice<const T extends string | number>(node: JsonNode | undefined, what: string, of: readonly T[]): T | undefined {
		const found = node?.kind === 'value' ? of.find(one => one === node.value) : undefined;
		return (
			found ?? (node && this.wrong(`${what} is one of ${of.map(one => JSON.stringify(one)).join(', ')}.`, node.span))
		);
	}

	/** Milliseconds. */
	duration(node: JsonNode | undefined, what: string): number | undefined {
		if (node === undefined) {
			return undefined;
		}
		const value = node.kind === 'value' && typeof node.value === 'string' ? parseDuration(node.value) : undefined;
		return value ?? this.wrong(`${what} is a time, for example "500ms", "30s" or "5m".`, node.span);
	}

	/** The text of a span in one line. */
	written({ start, end }: Span): string {
		return this.source.slice(start, end).replace(/\s+/g, ' ');
	}
}

export interface Properties {
	readonly span: Span;
	readonly names: ReadonlyMap<string, Token>;
	get(name: string): JsonNode | undefined;
}
