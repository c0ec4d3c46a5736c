import { escapeValue } from '../model/markup';
import type { AttributeGrammar } from '../schema/grammar';

/** Writes the text of a snippet: plain text escaped, tab stops numbered in the order in which they are asked for. */
export class SnippetWriter {
	private text = '';
	private stops = 0;

	plain(text: string): this {
		this.text += text.replace(/[\\$}]/g, '\\$&');
		return this;
	}

	/** A tab stop with what stands there at first. */
	stop(initial = ''): this {
		this.stops++;
		this.text += initial === '' ? `\${${this.stops}}` : `\${${this.stops}:${initial.replace(/[\\$}]/g, '\\$&')}}`;
		return this;
	}

	/** A tab stop with the values to choose from; the first is there at first. */
	choice(values: readonly string[]): this {
		this.stops++;
		this.text += `\${${this.stops}|${values.map(value => value.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`;
		return this;
	}

	/** Where the cursor ends. */
	end(): this {
		this.text += '$0';
		return this;
	}

	toString(): string {
		return this.text;
	}
}

/** Writes a value with its tab stop: a list where the values are listed, plain text where there is only one. */
export function writeValue(writer: SnippetWriter, grammar: AttributeGrammar, initial: string): void {
	const { kind, values } = grammar.value;
	if (kind === 'enumeration' && values.length === 1) {
		writer.plain(initial);
	} else if (kind === 'enumeration' || kind === 'boolean') {
		const listed = values.length > 0 ? values.map(({ value }) => value) : ['true', 'false'];
		writer.choice([...listed.filter(value => value === initial), ...listed.filter(value => value !== initial)]);
	} else {
		writer.stop(escapeValue(initial, '"'));
	}
}
