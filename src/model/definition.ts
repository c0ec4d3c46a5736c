import type { Token } from '../base/span';
import type { XmlDocument, XmlElement } from '../xml/syntax';
import type { KnownModule } from './modules';

/**
 * The service definition as its readers need it: every named thing with its element and the token of its name, whatever
 * is missing left out. Values are the decoded ones; a number or enumeration that does not parse is absent here and a
 * problem of the schema there (csdef.md).
 */
export interface Definition {
	readonly path: string;
	readonly document: XmlDocument;
	readonly element: XmlElement | undefined;
	readonly name: Token | undefined;
	readonly schemaVersion: string | undefined;
	/** Default 5 (csdef.md 2). */
	readonly upgradeDomainCount: number;
	readonly topologyChangeDiscovery: 'UpgradeDomainWalk' | 'Blast';
	readonly probes: readonly Probe[];
	readonly roles: readonly RoleDefinition[];
	readonly trafficRules: readonly TrafficRule[];
}

export type RoleKind = 'WebRole' | 'WorkerRole' | 'VirtualMachineRole';

export interface RoleDefinition {
	readonly kind: RoleKind;
	readonly element: XmlElement;
	readonly name: Token | undefined;
	readonly vmSize: string;
	readonly imports: readonly ModuleImport[];
	readonly settings: readonly Declared[];
	readonly certificates: readonly Declared[];
	readonly endpoints: readonly Endpoint[];
	readonly localStorage: readonly LocalStorage[];
	readonly startupTasks: readonly StartupTask[];
	/** Variables of `Runtime/Environment`. */
	readonly environment: readonly EnvironmentVariable[];
	readonly entryPoint: EntryPoint | undefined;
	readonly sites: readonly Site[];
}

/** A thing that is declared by nothing but its name: a setting, a certificate. */
export interface Declared {
	readonly element: XmlElement;
	readonly name: Token;
}

export interface ModuleImport {
	readonly element: XmlElement;
	readonly moduleName: Token;
	/** What the import brings, where a `.csplugin` of the workspace says it; the modules of the SDK are known without. */
	readonly module?: KnownModule;
}

/** Times in seconds, with their defaults (csdef.md 3). */
export interface Probe extends Declared {
	readonly protocol: 'http' | 'tcp';
	readonly path: string | undefined;
	/** `undefined`: the port of the endpoint that names it. */
	readonly port: number | undefined;
	readonly interval: number;
	readonly timeout: number;
}

export type Endpoint = InputEndpoint | InternalEndpoint | InstanceInputEndpoint;

interface EndpointBase {
	readonly element: XmlElement;
	readonly name: Token | undefined;
	readonly protocol: string | undefined;
}

export interface PortRange {
	readonly element: XmlElement;
	readonly min: number | undefined;
	readonly max: number | undefined;
}

export interface InputEndpoint extends EndpointBase {
	readonly kind: 'input';
	readonly port: number | undefined;
	/** `undefined`: as `port`; `'*'`: allocated. */
	readonly localPort: number | '*' | undefined;
	readonly certificate: Token | undefined;
	readonly loadBalancerProbe: Token | undefined;
	readonly loadBalancer: Token | undefined;
	readonly ignoreRoleInstanceStatus: boolean;
	readonly distribution: 'none' | 'sourceIP' | 'sourceIPProtocol';
	readonly idleTimeoutInMinutes: number | undefined;
}

export interface InternalEndpoint extends EndpointBase {
	readonly kind: 'internal';
	readonly port: number | '*' | undefined;
	/** `FixedPort` counts as a range of one (csdef.md 7.2). */
	readonly fixedPorts: readonly PortRange[];
}

export interface InstanceInputEndpoint extends EndpointBase {
	readonly kind: 'instanceInput';
	readonly localPort: number | undefined;
	readonly publicPorts: PortRange | undefined;
	readonly idleTimeoutInMinutes: number | undefined;
}

export interface LocalStorage extends Declared {
	/** Default 1000 (csdef.md 8). */
	readonly sizeInMB: number;
	/** Default true. */
	readonly cleanOnRoleRecycle: boolean;
}

export interface StartupTask {
	readonly element: XmlElement;
	readonly commandLine: string;
	readonly executionContext: 'limited' | 'elevated';
	readonly taskType: 'simple' | 'foreground' | 'background';
	readonly environment: readonly EnvironmentVariable[];
}

export interface EnvironmentVariable {
	readonly element: XmlElement;
	readonly name: string;
	/** A fixed value, or the path into the role environment that gives it at start (csdef.md 9.1). */
	readonly source: { readonly value: string } | { readonly xpath: string };
}

export type EntryPoint =
	| {
			readonly kind: 'assembly';
			readonly element: XmlElement;
			readonly assemblyName: string;
			readonly framework: string | undefined;
	  }
	| {
			readonly kind: 'program';
			readonly element: XmlElement;
			readonly commandLine: string;
			readonly readyOnStart: boolean;
	  };

export interface Site {
	readonly element: XmlElement;
	readonly name: Token | undefined;
	readonly physicalDirectory: string | undefined;
	readonly bindings: readonly {
		readonly element: XmlElement;
		readonly endpointName: Token;
		readonly hostHeader: string | undefined;
	}[];
	readonly parts: readonly SitePart[];
}

/** A virtual application or a virtual directory of a site; a name holds no `/`, so they nest (csdef.md 11). */
export interface SitePart {
	readonly element: XmlElement;
	readonly kind: 'application' | 'directory';
	readonly name: Token | undefined;
	readonly physicalDirectory: string | undefined;
	readonly parts: readonly SitePart[];
}

export interface TrafficRule {
	readonly element: XmlElement;
	readonly destinations: readonly {
		readonly element: XmlElement;
		readonly roleName: Token | undefined;
		readonly endpointName: Token | undefined;
	}[];
	readonly fromRoles: readonly Token[];
}
