/** A part that a storage connection string may have. */
export interface ConnectionKey {
	readonly key: string;
	/** In one or two sentences. */
	readonly meaning: string;
	/** The values that are worth choosing; empty where only the author knows. */
	readonly values: readonly string[];
}

const part = (key: string, meaning: string, ...values: readonly string[]): ConnectionKey => ({ key, meaning, values });

/** The parts of a storage connection string, the usual ones first (cscfg.md 6.1). */
export const connectionKeys: readonly ConnectionKey[] = [
	part('DefaultEndpointsProtocol', 'The protocol of all endpoints that are not given themselves.', 'https', 'http'),
	part('AccountName', 'The name of the storage account.'),
	part(
		'AccountKey',
		'One of the two keys of the account, in base64. It is a secret: everyone who has it owns the account.',
	),
	part(
		'EndpointSuffix',
		'The domain of the endpoints; left out, that of the public cloud.',
		'core.windows.net',
		'core.chinacloudapi.cn',
		'core.usgovcloudapi.net',
	),
	part('UseDevelopmentStorage', 'Stands alone and means the storage emulator of this machine.', 'true'),
	part('DevelopmentStorageProxyUri', 'Where a proxy before the storage emulator listens.', 'http://127.0.0.1'),
	part('BlobEndpoint', 'The address of the blob service, in place of the one that follows from the account.'),
	part('QueueEndpoint', 'The address of the queue service, in place of the one that follows from the account.'),
	part('TableEndpoint', 'The address of the table service, in place of the one that follows from the account.'),
	part('FileEndpoint', 'The address of the file service, in place of the one that follows from the account.'),
	part('BlobSecondaryEndpoint', 'The address at which the copy of the blobs in the second region is read.'),
	part('QueueSecondaryEndpoint', 'The address at which the copy of the queues in the second region is read.'),
	part('TableSecondaryEndpoint', 'The address at which the copy of the tables in the second region is read.'),
	part('FileSecondaryEndpoint', 'The address at which the copy of the files in the second region is read.'),
	part('SharedAccessSignature', 'A signature that allows a part of what the key allows, for a time. It is a secret.'),
	part('BaseEndpoint', 'The domain of the endpoints, as publishing tools write it.', 'core.windows.net'),
	part('Protocol', 'The protocol beside BaseEndpoint, as publishing tools write it.', 'https', 'http'),
];

const keys: ReadonlySet<string> = new Set(connectionKeys.map(({ key }) => key.toLowerCase()));

const storageKey = /(?:^|;)\s*(?:AccountName|DefaultEndpointsProtocol)\s*=/i;
const emulator = /(?:^|;)\s*UseDevelopmentStorage\s*=\s*true\s*(?:;|$)/i;
const placeholder = /\[[^\]]*\]|<[^>]*>|\$[^$]+\$|@@[^@]+@@|[$#]\{[^}]*\}|\$\([^)]*\)|\{\{[^}]*\}\}|__[A-Za-z]\w*?__/;
const visualStudioKey = /(?:^|;)\s*AccountKey\s*=\s*\$\(_[^)]*\.key_\)\s*(?:;|$)/i;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** True for the connection string of the storage emulator. */
export function isEmulatorStorage(value: string): boolean {
	return emulator.test(value);
}

/** True for what is meant as a storage connection string; those of databases and buses have other keys. */
export function isStorageConnection(value: string): boolean {
	return storageKey.test(value);
}

/**
 * True where Visual Studio keeps the account's key to itself and puts it in when it publishes: `AccountKey=$(_name.key_)`,
 * which it writes into every configuration whose storage account was chosen in its own dialog.
 */
export function hasVisualStudioKey(value: string): boolean {
	return visualStudioKey.test(value);
}

/**
 * True where a part of the value is still to be filled in: `[name]`, `<name>`, `$name$`, `@@name@@`, and the marks of
 * tools that deploy, `$(name)`, `${name}`, `#{name}`, `{{name}}`, `__name__`.
 */
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
			// What is not a word may be a piece of a key that lost its place.
			const quoted = /^[A-Za-z][A-Za-z ]{0,39}$/.test(key) ? ` '${key}'` : ' of this name';
			return `there is no part${quoted}; the parts are AccountName, AccountKey, DefaultEndpointsProtocol and so on`;
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
