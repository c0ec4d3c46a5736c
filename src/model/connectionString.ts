/** The parts of a storage connection string, all of them lower case (cscfg.md 6.1). */
const keys: ReadonlySet<string> = new Set([
	'accountkey',
	'accountname',
	'baseendpoint',
	'blobendpoint',
	'blobsecondaryendpoint',
	'defaultendpointsprotocol',
	'developmentstorageproxyuri',
	'endpointsuffix',
	'fileendpoint',
	'filesecondaryendpoint',
	'protocol',
	'queueendpoint',
	'queuesecondaryendpoint',
	'sharedaccesssignature',
	'tableendpoint',
	'tablesecondaryendpoint',
	'usedevelopmentstorage',
]);

const storageKey = /(?:^|;)\s*(?:AccountName|DefaultEndpointsProtocol)\s*=/i;
const emulator = /(?:^|;)\s*UseDevelopmentStorage\s*=\s*true\s*(?:;|$)/i;
const placeholder = /\[[^\]]*\]|<[^>]*>|\$[^$]+\$|@@[^@]+@@/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** True for the connection string of the storage emulator. */
export function isEmulatorStorage(value: string): boolean {
	return emulator.test(value);
}

/** True for what is meant as a storage connection string; those of databases and buses have other keys. */
export function isStorageConnection(value: string): boolean {
	return storageKey.test(value);
}

/** True where a part of the value is still to be filled in: `[name]`, `<name>`, `$name$`, `@@name@@`. */
export function hasPlaceholder(value: string): boolean {
	return placeholder.test(value);
}

/** What is wrong with a storage connection string, as the end of a sentence; `undefined` for nothing. Never quotes a secret. */
export function faultOfConnectionString(value: string): string | undefined {
	const parts = new Map<string, string>();
	for (const part of value.split(';')) {
		if (part.trim() === '') {
			continue;
		}
		const equals = part.indexOf('=');
		if (equals < 0) {
			return "one of its parts has no '='";
		}
		const key = part.slice(0, equals).trim();
		if (!keys.has(key.toLowerCase())) {
			return `there is no part '${key}'; the parts are AccountName, AccountKey, DefaultEndpointsProtocol and so on`;
		}
		parts.set(key.toLowerCase(), part.slice(equals + 1).trim());
	}
	return faultOfParts(parts);
}

function faultOfParts(parts: ReadonlyMap<string, string>): string | undefined {
	for (const [key, value] of parts) {
		if (hasPlaceholder(value)) {
			return `a placeholder stands in ${key === 'accountkey' ? 'AccountKey' : 'it'}; write the value`;
		}
	}
	const protocol = parts.get('defaultendpointsprotocol')?.toLowerCase();
	if (protocol !== undefined && protocol !== 'http' && protocol !== 'https') {
		return 'DefaultEndpointsProtocol has to be http or https';
	}
	const key = parts.get('accountkey');
	const signature = parts.get('sharedaccesssignature');
	if (!parts.get('accountname') && !signature) {
		return 'AccountName is missing';
	}
	if (!key && !signature) {
		return 'AccountKey is missing';
	}
	return key !== undefined && !base64.test(key) ? 'AccountKey is no base64 text' : undefined;
}
