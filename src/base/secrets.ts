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
	const parts = partsByForm(value);
	return parts.length === 0 || parts.includes(value) ? mask : hide(value, parts);
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
	const text = value.trim();
	if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) || looksLikeKey(text) || looksLikeToken(text)) {
		return [value];
	}
	return [...partsOfConnectionString(text), ...partsOfAddress(text)].filter(part => part !== '');
}

/** `Name=Value;Name=Value`; a value in quotes may hold a semicolon, as in a database's connection string. */
function partsOfConnectionString(text: string): readonly string[] {
	const pairs = [...text.matchAll(/(?:^|;)\s*([\w .-]+?)\s*=\s*("[^"]*"|'[^']*'|[^;]*)/g)];
	return pairs.filter(([, key]) => secretKey.test(key ?? '')).map(([, , part]) => part?.trim() ?? '');
}

/** `sig=` and `code=` of a query, and the password of `https://user:password@host`. */
function partsOfAddress(text: string): readonly string[] {
	const signatures = [
		...text.matchAll(/(?:^|[?&;=])(?:sig|access_token|client_secret|code|password|pwd)=([^&;\s"']+)/gi),
	];
	const passwords = [...text.matchAll(/\b[a-z][\w+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/gi)];
	return [...signatures, ...passwords].map(([, part]) => part ?? '');
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
