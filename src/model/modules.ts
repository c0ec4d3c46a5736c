import type { RoleDefinition } from './definition';

/** An endpoint that an import adds to its role; `name` is the full one. */
export interface ModuleEndpoint {
	readonly name: string;
	readonly kind: 'input' | 'internal' | 'instanceInput';
	readonly protocol: 'tcp';
	/** The public port of an input endpoint, the fixed port of an internal one; `undefined`: allocated. */
	readonly port: number | undefined;
}

/** What an import merges into its role: the definition must not repeat it, the configuration must give the values. */
export interface KnownModule {
	readonly moduleName: string;
	readonly namespace: string;
	/** Full names of the settings that every configuration has to give a value. */
	readonly settings: readonly string[];
	/** Full names that only some versions of the module declare: allowed, never asked for. */
	readonly optionalSettings: readonly string[];
	readonly certificates: readonly string[];
	readonly endpoints: readonly ModuleEndpoint[];
	readonly meaning: string;
}

const plugins = 'Microsoft.WindowsAzure.Plugins';

/** Kept as a plain setting where the module is gone: Visual Studio and the portal read it (csdef.md 5.1). */
export const diagnosticsSetting = `${plugins}.Diagnostics.ConnectionString`;

/** The modules of csdef.md 5.1. Any other name is allowed too: it is a folder of the SDK that we don't see. */
export const knownModules: readonly KnownModule[] = [
	known('Diagnostics', `${plugins}.Diagnostics`, {
		settings: ['ConnectionString'],
		meaning: 'Azure Diagnostics up to SDK 2.4; later versions use the diagnostics extension.',
	}),
	known('RemoteAccess', `${plugins}.RemoteAccess`, {
		settings: ['Enabled', 'AccountUsername', 'AccountEncryptedPassword', 'AccountExpiration'],
		certificates: ['PasswordEncryption'],
		endpoints: [{ name: 'Rdp', kind: 'internal', protocol: 'tcp', port: 3389 }],
		meaning: 'Remote desktop on the instances of this role. Must be removed for extended support.',
	}),
	known('RemoteForwarder', `${plugins}.RemoteForwarder`, {
		settings: ['Enabled'],
		endpoints: [{ name: 'RdpInput', kind: 'input', protocol: 'tcp', port: 3389 }],
		meaning: 'Forwards remote desktop connections to all roles: import it in exactly one role.',
	}),
	known('Connect', `${plugins}.Connect`, {
		settings: [
			'ActivationToken',
			'Administrators',
			'DomainAccountName',
			'DomainControllerFQDN',
			'DomainFQDN',
			'DomainOU',
			'DomainPassword',
			'DomainSiteName',
			'EnableDomainJoin',
			'Refresh',
			'Upgrade',
			'WaitForConnectivity',
		],
		meaning: 'Azure Connect, a service that was retired.',
	}),
	known('WebDeploy', `${plugins}.WebDeploy`, {
		meaning: 'Publishing to the single instance of a web role during development.',
	}),
	known('Caching', `${plugins}.Caching`, {
		settings: ['NamedCaches', 'CacheSizePercentage', 'ConfigStoreConnectionString'],
		optionalSettings: ['DiagnosticLevel', 'LogLevel', 'Loglevel', 'ClientDiagnosticLevel'],
		endpoints: [
			'cacheArbitrationPort',
			'cacheClusterPort',
			'cacheReplicationPort',
			'cacheServicePortInternal',
			'cacheSocketPort',
		].map(name => ({ name, kind: 'internal', protocol: 'tcp', port: undefined })),
		meaning: 'In-Role Cache, a service that was retired.',
	}),
	known('Profiling', 'Profiling', {
		settings: ['ProfilingConnectionString'],
		meaning: 'Added by Visual Studio when it publishes with profiling on.',
	}),
	known('RemoteDebuggerConnector', `${plugins}.RemoteDebugger`, {
		settings: ['Connector.Enabled', 'Connector.Version', 'ClientThumbprint', 'ServerThumbprint'],
		certificates: ['TransportValidation'],
		endpoints: ['Connector', 'Forwarder'].map(name => ({
			name,
			kind: 'instanceInput',
			protocol: 'tcp',
			port: undefined,
		})),
		meaning: 'Added by Visual Studio when it publishes with remote debugging on.',
	}),
];

export function moduleNamed(name: string): KnownModule | undefined {
	return knownModules.find(module => module.moduleName === name);
}

/** The known modules that a role imports, each once. */
export function modulesOf(role: RoleDefinition): readonly KnownModule[] {
	if (role.imports.length === 0) {
		return [];
	}
	const imported = new Set(role.imports.map(entry => entry.moduleName.text));
	return knownModules.filter(module => imported.has(module.moduleName));
}

export function importsModule(role: RoleDefinition, moduleName: string): boolean {
	return role.imports.some(entry => entry.moduleName.text === moduleName);
}

/**
 * True where a name may come from an import whose module we don't know. Such names are qualified by the namespace of
 * the module, so a name without a dot never does (csdef.md 5.1).
 */
export function mayComeFromUnknownModule(role: RoleDefinition, name: string): boolean {
	return name.includes('.') && role.imports.some(entry => moduleNamed(entry.moduleName.text) === undefined);
}

interface Parts {
	readonly settings?: readonly string[];
	readonly optionalSettings?: readonly string[];
	readonly certificates?: readonly string[];
	readonly endpoints?: readonly ModuleEndpoint[];
	readonly meaning: string;
}

function known(moduleName: string, namespace: string, parts: Parts): KnownModule {
	const full = (name: string) => `${namespace}.${name}`;
	return {
		moduleName,
		namespace,
		settings: parts.settings?.map(full) ?? [],
		optionalSettings: parts.optionalSettings?.map(full) ?? [],
		certificates: parts.certificates?.map(full) ?? [],
		endpoints: parts.endpoints?.map(endpoint => ({ ...endpoint, name: full(endpoint.name) })) ?? [],
		meaning: parts.meaning,
	};
}
