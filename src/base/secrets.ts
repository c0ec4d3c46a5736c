import { applyEdits, type Span } from './span';

/**
 * What may not be shown of a setting: account keys, shared access signatures, passwords, tokens and private keys, found by
 * the setting's name or by the form of its value (interfaces.md 2). Thumbprints and `UseDevelopmentStorage=true` are no
 * secrets. This errs on the side of hiding: a mask costs a look into the file, a leaked key costs more.
 */

const mask = '•••';

/** True where the value, or a part of it, must not be shown. An empty value hides nothing. */
export function isSecret(name: string, value: string): boolean {
	return secretParts(name, value).length > 0;
}

/**
 * The value as it may be shown. In a connection string or an address only the secret parts go (`AccountKey=•••`); anything
 * else is hidden as a whole. Call it for values that `isSecret` named: it masks without asking again.
 */
export function maskSecret(value: string): string {
	const spans = spansByForm(value);
	if (spans.length === 0 || spans.some(span => span.start === 0 && span.end === value.length)) {
		return mask;
	}
	return applyEdits(
		value,
		spans.map(span => ({ span, text: mask })),
	);
}

/** The pieces of the value that must not be shown, so that they can be hidden in other texts that repeat them. */
export function secretParts(name: string, value: string): readonly string[] {
	if (value === '' || saysNothing(value)) {
		return [];
	}
	const parts = partsByForm(value);
	return parts.length === 0 && secretByName(name) ? [value] : parts;
}

/** Hides every one of these pieces wherever the text repeats it. Pieces too short to be told from ordinary words stay. */
export function maskParts(text: string, parts: readonly string[]): string {
	return hide(
		text,
		parts.filter(part => part.length >= 5),
	);
}

const secretName =
	/pass(?:word|phrase|wd)|\bpwd\b|secret|credential|(?:access|account|api|primary|secondary|private|shared|encryption|signing|master|storage|instrumentation|subscription|host|function|admin|auth|machine|validation|decryption)_?key\d*$|^key$|sas(?:token|key|url|uri)?$|signature$|token$/i;
const publicName =
	/thumbprint|public_?key|url_?encoded|\.(?:enabled|length|policy|expiration|expiry)$|(?:token|password|secret|key)(?:length|count|name|type|policy|lifetime|expiry|expiration|timeout|enabled|id)$/i;

function secretByName(name: string): boolean {
	const words = name.replace(/([a-z])([A-Z])/g, '$1_$2');
	return !publicName.test(name) && (secretName.test(name) || /(?:^|[._-])(?:pwd|sas)(?:$|[._-])/i.test(words));
}

/** Values that cannot be a secret whatever the setting is called. */
function saysNothing(value: string): boolean {
	return /^(?:true|false|UseDevelopmentStorage=true;?)$/i.test(value.trim());
}

const secretKey =
	/^(?:account|shared ?access|access|shared ?secret|api|primary|secondary|master|auth)[ _]?key(?:value)?$|^key$|^(?:shared ?access ?signature|signature|sas)$|^(?:password|pwd|secret|client ?secret|shared ?secret(?:value)?|token|accesstoken)$/i;

function partsByForm(value: string): readonly string[] {
	return spansByForm(value).map(({ start, end }) => value.slice(start, end));
}

/** Where the secrets are, in order and without overlap; the whole value where its form is that of a key. */
function spansByForm(value: string): readonly Span[] {
	const text = value.trim();
	if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) || looksLikeKey(text) || looksLikeToken(text)) {
		return [{ start: 0, end: value.length }];
	}
	const spans = [...spansOfConnectionString(value), ...spansOfAddress(value)].filter(span => span.start < span.end);
	return spans
		.sort((a, b) => a.start - b.start || b.end - a.end)
		.filter((span, index, all) => !all.slice(0, index).some(before => span.start < before.end));
}

/** `Name=Value;Name=Value`; a value in quotes may hold a semicolon, as in a database's connection string. */
function spansOfConnectionString(text: string): readonly Span[] {
	const pairs = text.matchAll(/(?:^|;)\s*(?<key>[\w .-]+?)\s*=\s*(?<part>"[^"]*"|'[^']*'|[^;]*)/dg);
	return [...pairs].filter(pair => secretKey.test(pair.groups?.key ?? '')).flatMap(partSpan);
}

/** `sig=` and `code=` of a query, and the password of `https://user:password@host`. */
function spansOfAddress(text: string): readonly Span[] {
	const signatures = text.matchAll(
		/(?:^|[?&;=])(?:sig|access_token|client_secret|code|password|pwd)=(?<part>[^&;\s"']+)/dgi,
	);
	const passwords = text.matchAll(/\b[a-z][\w+.-]*:\/\/[^\s/:@]*:(?<part>[^\s/@]+)@/dgi);
	return [...signatures, ...passwords].flatMap(partSpan);
}

function partSpan(match: RegExpMatchArray): readonly Span[] {
	const range = match.indices?.groups?.part;
	return range ? [{ start: range[0], end: range[1] }] : [];
}

/** 32 or 64 bytes in base64: the form of every storage, service bus and cosmos key. */
function looksLikeKey(text: string): boolean {
	return /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.test(text);
}

/** A JSON web token. */
function looksLikeToken(text: string): boolean {
	return /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/.test(text);
}

function hide(text: string, parts: readonly string[]): string {
	const longestFirst = [...new Set(parts)].filter(part => part !== '').sort((a, b) => b.length - a.length);
	return longestFirst.reduce((masked, part) => masked.replaceAll(part, mask), text);
}
