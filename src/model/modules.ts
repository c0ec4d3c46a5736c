import type { ModuleImport, RoleDefinition } from './definition';

/** An endpoint that an import adds to its role; `name` is the full one. */
export interface ModuleEndpoint {
	readonly name: string;
	readonly kind: 'input' | 'internal' | 'instanceInput';
	readonly protocol: string;
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
	moduleFrom('Diagnostics', `${plugins}.Diagnostics`, {
		settings: ['ConnectionString'],
		meaning: 'Azure Diagnostics up to SDK 2.4; later versions use the diagnostics extension.',
	}),
	moduleFrom('RemoteAccess', `${plugins}.RemoteAccess`, {
		settings: ['Enabled', 'AccountUsername', 'AccountEncryptedPassword', 'AccountExpiration'],
		certificates: ['PasswordEncryption'],
		endpoints: [{ name: 'Rdp', kind: 'internal', protocol: 'tcp', port: 3389 }],
		meaning: 'Remote desktop on the instances of this role. Must be removed for extended support.',
	}),
	moduleFrom('RemoteForwarder', `${plugins}.RemoteForwarder`, {
		settings: ['Enabled'],
		endpoints: [{ name: 'RdpInput', kind: 'input', protocol: 'tcp', port: 3389 }],
		meaning: 'Forwards remote desktop connections to all roles: import it in exactly one role.',
	}),
	moduleFrom('Connect', `${plugins}.Connect`, {
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
	moduleFrom('WebDeploy', `${plugins}.WebDeploy`, {
		meaning: 'Publishing to the single instance of a web role during development.',
	}),
	moduleFrom('Caching', `${plugins}.Caching`, {
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
	moduleFrom('Profiling', 'Profiling', {
		settings: ['ProfilingConnectionString'],
		meaning: 'Added by Visual Studio when it publishes with profiling on.',
	}),
	moduleFrom('RemoteDebuggerConnector', `${plugins}.RemoteDebugger`, {
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

/** What an import brings: a module of the SDK, or one that the workspace describes; `undefined` where nobody knows. */
export function moduleOf({ moduleName, module }: ModuleImport): KnownModule | undefined {
	return moduleNamed(moduleName.text) ?? module;
}

/** The modules that a role imports, as far as they are known, each once; those of the SDK first. */
export function modulesOf(role: RoleDefinition): readonly KnownModule[] {
	if (role.imports.length === 0) {
		return [];
	}
	const imported = new Set(role.imports.map(entry => entry.moduleName.text));
	const described = role.imports.flatMap(({ moduleName, module }) =>
		module && moduleNamed(moduleName.text) === undefined ? [[module.moduleName, module] as const] : [],
	);
	return [...knownModules.filter(module => imported.has(module.moduleName)), ...new Map(described).values()];
}

export function importsModule(role: RoleDefinition, moduleName: string): boolean {
	return role.imports.some(entry => entry.moduleName.text === moduleName);
}

/**
 * True for an endpoint that Visual Studio writes into the definition itself when it publishes, beside the import that it
 * belongs to: that of WebDeploy, and those of the remote debugger, whose ports differ from role to role (csdef.md 5.1).
 */
export function isPublishedEndpoint(name: string): boolean {
	return publishedNamespaces.some(namespace => name.startsWith(`${namespace}.`));
}

const publishedNamespaces = [`${plugins}.WebDeploy`, `${plugins}.RemoteDebugger`];

/** True for a setting that Visual Studio adds when it publishes; nothing declares it in the files that people edit (cscfg.md 6). */
export function isPublishedSetting(name: string): boolean {
	return name === 'CloudToolsDiagnosticAgentVersion' || /^(?:Profiling|IntelliTrace)\.\w+ConnectionString$/.test(name);
}

/**
 * True for the certificate of a LightSwitch web role, whose service definition declares it from the start: the thumbprint
 * comes into the configuration only when LightSwitch publishes.
 */
export function isPublishedCertificate(role: RoleDefinition, name: string): boolean {
	return (
		name === 'SSLCertificate' && role.settings.some(setting => setting.name.text.startsWith('Microsoft.LightSwitch.'))
	);
}

/**
 * True where a name may come from an import whose module we don't know. Such names are qualified by the namespace of
 * the module, so a name without a dot never does (csdef.md 5.1).
 */
export function mayComeFromUnknownModule(role: RoleDefinition, name: string): boolean {
	return name.includes('.') && role.imports.some(entry => moduleOf(entry) === undefined);
}

/** What a module declares by the short names of its file; all of them are qualified by its namespace (csdef.md 5.1). */
export interface ModuleParts {
	readonly settings?: readonly string[];
	readonly optionalSettings?: readonly string[];
	readonly certificates?: readonly string[];
	readonly endpoints?: readonly ModuleEndpoint[];
	readonly meaning: string;
}

export function moduleFrom(moduleName: string, namespace: string, parts: ModuleParts): KnownModule {
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
