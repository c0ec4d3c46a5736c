/**
 * How numbers and booleans may be written (cscfg.md 7.1): with blanks around them, those based on `xs:int` also with a
 * sign and leading zeros, `xs:unsignedShort` without a sign. `*` is taken as it stands.
 */
export type Lexical = 'boolean' | 'integer' | 'unsignedInteger' | 'integerOrStar';

export type LexicalVerdict = 'right' | 'form' | 'range';

const integer = /^[ \t\r\n]*[+-]?[0-9]+[ \t\r\n]*$/;
const unsigned = /^[ \t\r\n]*[0-9]+[ \t\r\n]*$/;
const boolean = /^[ \t\r\n]*(?:true|false|1|0)[ \t\r\n]*$/;

const leastInt = -2147483648;
const mostInt = 2147483647;

export function judge(kind: Lexical, value: string, minimum = leastInt, maximum = mostInt): LexicalVerdict {
	if (kind === 'boolean') {
		return boolean.test(value) ? 'right' : 'form';
	}
	if (kind === 'integerOrStar' && value === '*') {
		return 'right';
	}
	if (!(kind === 'unsignedInteger' ? unsigned : integer).test(value)) {
		return 'form';
	}
	const number = Number(value);
	return number >= minimum && number <= maximum ? 'right' : 'range';
}

export function isLexical(kind: string): kind is Lexical {
	return kind === 'boolean' || kind === 'integer' || kind === 'unsignedInteger' || kind === 'integerOrStar';
}
