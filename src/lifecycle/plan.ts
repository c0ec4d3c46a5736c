import type { Configuration, RoleConfiguration } from '../model/configuration';
import { certificatesOf, declaresSetting, requiredSettings } from '../model/declared';
import type { Definition, Endpoint, InputEndpoint, Probe, RoleDefinition } from '../model/definition';
import { modulesOf } from '../model/modules';
import type { DeploymentPlan, EndpointPlan, ProbePlan, RolePlan, VariablePlan } from './deploymentPlan';
import { type DiskImagePlan, imageProblems } from './diskImages';
import type { DotnetRuntime, RoleEntry } from './roleHost';

/** Where the code of a role is and what is known of it from looking at it; found by the runner. */
export interface RolePlace {
	/** The folder of built code, absolute. */
	readonly code: string;
	/** Where below `code` the entry point runs: `bin` for a web project of the classic kind (role-lifecycle.md 3). */
	readonly workingFolder?: string;
	/** The assembly that the role's project makes, relative to `code`. */
	readonly assembly?: string;
	/** What runs the assembly; .NET where it is left out. */
	readonly runtime?: DotnetRuntime;
	/** `module`: the file of `node FILE` exports `onStart`, `run` or `onStop`, or was said to. */
	readonly host?: 'program' | 'module';
	/** Run in place of the entry point of the definition. */
	readonly commandLine?: string;
	/** The chain of disk images of a VM role, the base first. */
	readonly images?: readonly DiskImagePlan[];
	/** What the program's client of the runtime protocol opens. */
	readonly channel?: 'socket' | 'fifo';
	/** Variables of the role's process, over those of the definition. */
	readonly variables?: Readonly<Record<string, string>>;
	/** The sites of a web role that can be served. */
	readonly sites?: RolePlan['sites'];
	readonly siteFolders?: RolePlan['siteFolders'];
}

export interface PlanOptions {
	readonly deploymentId: string;
	readonly stateFolder: string;
	/** Only these roles; all where it is left out. */
	readonly roles?: readonly string[];
	/** Instances by role, in place of the configuration's. */
	readonly counts?: Readonly<Record<string, number>>;
}

/** A plan with what a person should know of it, or the sentences that say why there is none. */
export type Planned =
	| { readonly plan: DeploymentPlan; readonly notes: readonly string[] }
	| { readonly problems: readonly string[] };

/** A service under one configuration as a deployment; `places` by the name of the role. */
export function planDeployment(
	definition: Definition,
	configuration: Configuration,
	places: Readonly<Record<string, RolePlace>>,
	options: PlanOptions,
): Planned {
	const problems = unknownRoles(definition, options);
	const notes: string[] = [];
	const roles: RolePlan[] = [];
	for (const role of chosenRoles(definition, options.roles)) {
		const planned = planRole(role, definition.probes, configuration, places[nameOf(role)], options);
		if ('plan' in planned) {
			roles.push(planned.plan);
			notes.push(...elevatedTasks(planned.plan));
		} else if ('note' in planned) {
			notes.push(planned.note);
		} else {
			problems.push(...planned.problems);
		}
	}
	if (problems.length === 0 && roles.length === 0) {
		problems.push(nothingToRun(definition, notes));
	}
	const plan = {
		service: definition.name?.text ?? '',
		deploymentId: options.deploymentId,
		stateFolder: options.stateFolder,
		upgradeDomainCount: definition.upgradeDomainCount,
		topologyChangeDiscovery: definition.topologyChangeDiscovery,
		roles,
	};
	return problems.length > 0 ? { problems } : { plan, notes };
}

/** The roles that a deployment would start, so that nobody looks for the code of the others. */
export function chosenRoles(definition: Definition, roles: readonly string[] | undefined): readonly RoleDefinition[] {
	return definition.roles.filter(role => nameOf(role) !== '' && (roles?.includes(nameOf(role)) ?? true));
}

type PlannedRole = { readonly plan: RolePlan } | { readonly note: string } | { readonly problems: readonly string[] };

function planRole(
	role: RoleDefinition,
	probes: readonly Probe[],
	configuration: Configuration,
	place: RolePlace | undefined,
	options: PlanOptions,
): PlannedRole {
	const name = nameOf(role);
	if (role.kind === 'VirtualMachineRole' && place?.commandLine === undefined) {
		return {
			note: `The VM role '${name}' is not run: name the program that is its adapter as 'roles.${name}.run' in rolewright.json.`,
		};
	}
	if (!place) {
		return { note: `The role '${name}' is not run: its code was not found.` };
	}
	const configured = configuration.roles.find(other => other.name?.text === name);
	const entry = entryOf(role, place, configured);
	if (!entry && role.kind === 'WebRole') {
		return { note: `The web role '${name}' has neither an entry point nor a site, and it is not run.` };
	}
	const count = options.counts?.[name] ?? configured?.instances?.count;
	const problems = [
		...(entry ? [] : [noEntryPoint(name)]),
		...imageProblems(name, role.vmSize, entry?.kind === 'machine' ? (place.images ?? []) : []),
		...(count === undefined || count < 0 ? [noCount(name)] : []),
		...missingSettings(role, configured).map(setting => noSetting(name, setting)),
	];
	if (!entry || count === undefined || problems.length > 0) {
		return { problems };
	}
	return {
		plan: {
			name,
			kind: role.kind,
			count,
			entry,
			code: place.code,
			workingFolder: place.workingFolder ?? '',
			size: role.vmSize,
			settings: settingsOf(role, configured),
			certificates: thumbprintsOf(role, configured),
			endpoints: endpointPlans(role, probes),
			...(place.sites && { sites: place.sites }),
			...(place.siteFolders && { siteFolders: place.siteFolders }),
			localStorage: localStorageOf(role),
			startupTasks: role.startupTasks.map(({ commandLine, taskType, executionContext, environment }) => ({
				commandLine,
				taskType,
				executionContext,
				variables: environment.map(variable),
			})),
			variables: [
				...role.environment.map(variable),
				...Object.entries(place.variables ?? {}).map(([key, value]) => ({ name: key, source: { value } })),
			],
		},
	};
}

/** Nobody is given more rights here than the person who runs the service (role-lifecycle.md 11). */
function elevatedTasks({ name, startupTasks }: RolePlan): readonly string[] {
	const count = startupTasks.filter(({ executionContext }) => executionContext === 'elevated').length;
	const tasks = count === 1 ? 'A startup task' : `${count} startup tasks`;
	return count === 0
		? []
		: [`${tasks} of the role '${name}' would be elevated in Azure, and here run with your own rights.`];
}

/** The file of a command line that runs one JavaScript file and passes it nothing: `node worker.js`. */
export function nodeFileOf(commandLine: string): string | undefined {
	const match = /^\s*"?node(?:\.exe)?"?\s+(?:"([^"]+)"|([^\s"-]\S*))\s*$/i.exec(commandLine);
	const file = match?.[1] ?? match?.[2];
	return file !== undefined && /\.[cm]?js$/i.test(file) ? file.replaceAll('\\', '/') : undefined;
}

function entryOf(
	role: RoleDefinition,
	place: RolePlace,
	configured: RoleConfiguration | undefined,
): RoleEntry | undefined {
	const program = place.commandLine ?? (role.entryPoint?.kind === 'program' ? role.entryPoint.commandLine : undefined);
	if (program !== undefined && role.kind === 'VirtualMachineRole') {
		const named = place.images?.map(({ name }) => name);
		const images = named ?? [configured?.osImage ?? 'of the configuration'];
		return { kind: 'machine', commandLine: program, images, ...(place.channel && { channel: place.channel }) };
	}
	if (program !== undefined) {
		const module = place.host === 'module' ? nodeFileOf(program) : undefined;
		const readyOnStart = role.entryPoint?.kind === 'program' ? role.entryPoint.readyOnStart : true;
		return module === undefined
			? { kind: 'program', commandLine: program, readyOnStart, ...(place.channel && { channel: place.channel }) }
			: { kind: 'module', module: below(place, module) };
	}
	const runtime = place.runtime && { runtime: place.runtime };
	if (role.entryPoint?.kind === 'assembly') {
		const assembly = below(place, role.entryPoint.assemblyName.replaceAll('\\', '/'));
		return { kind: 'assembly', assembly, ...runtime };
	}
	if (place.assembly === undefined) {
		return place.sites ? { kind: 'base' } : undefined;
	}
	// A web role may do without an entry point; its site is what runs then (service-runtime-api.md 1).
	const optional = role.kind === 'WebRole' && { entryPointOptional: true };
	return { kind: 'assembly', assembly: below(place, place.assembly), ...optional, ...runtime };
}

/** The entry point's name is relative to where it runs; the plan's is relative to approot. */
function below(place: RolePlace, file: string): string {
	return place.workingFolder ? `${place.workingFolder}/${file}` : file;
}

function missingSettings(role: RoleDefinition, configured: RoleConfiguration | undefined): readonly string[] {
	const given = new Set(configured?.settings.flatMap(({ name, value }) => (value === undefined ? [] : [name.text])));
	return requiredSettings(role).filter(setting => !given.has(setting));
}

function settingsOf(role: RoleDefinition, configured: RoleConfiguration | undefined): Record<string, string> {
	return Object.fromEntries(
		(configured?.settings ?? []).flatMap(({ name, value }) =>
			value !== undefined && declaresSetting(role, name.text) ? [[name.text, value]] : [],
		),
	);
}

function thumbprintsOf(role: RoleDefinition, configured: RoleConfiguration | undefined): Record<string, string> {
	const declared = certificatesOf(role);
	return Object.fromEntries(
		(configured?.certificates ?? []).flatMap(({ name, thumbprint }) =>
			thumbprint !== undefined && declared.includes(name.text) ? [[name.text, thumbprint]] : [],
		),
	);
}

/** Every role has the store of the diagnostics agent, declared by nobody (csdef.md 5.1, service-runtime-api.md). */
function localStorageOf(role: RoleDefinition): RolePlan['localStorage'] {
	const stores = role.localStorage.map(({ name, sizeInMB, cleanOnRoleRecycle }) => {
		return { name: name.text, sizeInMB, cleanOnRoleRecycle };
	});
	return stores.some(store => store.name === 'DiagnosticStore')
		? stores
		: [...stores, { name: 'DiagnosticStore', sizeInMB: 4096, cleanOnRoleRecycle: false }];
}

/** Of imported endpoints only the internal ones: nothing listens for the others here, and their public ports may be in use. */
function endpointPlans(role: RoleDefinition, probes: readonly Probe[]): readonly EndpointPlan[] {
	const imported = modulesOf(role)
		.flatMap(module => module.endpoints)
		.filter(endpoint => endpoint.kind === 'internal')
		.map(({ name, kind, protocol }) => ({ name, kind, protocol }));
	const own = role.endpoints.filter(endpoint => endpoint.name?.text).map(endpoint => endpointPlan(endpoint, probes));
	return [...own, ...imported];
}

function endpointPlan(endpoint: Endpoint, probes: readonly Probe[]): EndpointPlan {
	const common = { name: endpoint.name?.text ?? '', kind: endpoint.kind, protocol: endpoint.protocol ?? 'tcp' };
	switch (endpoint.kind) {
		case 'input':
			return {
				...common,
				...ports(endpoint.port, endpoint.localPort ?? endpoint.port),
				...rotationOf(endpoint, probes),
				...idleTimeout(endpoint),
			};
		case 'internal':
			return { ...common, ...ports(undefined, endpoint.port ?? endpoint.fixedPorts[0]?.min) };
		case 'instanceInput':
			return {
				...common,
				...ports(endpoint.publicPorts?.min, endpoint.localPort),
				...(endpoint.publicPorts?.max !== undefined && { lastPublicPort: endpoint.publicPorts.max }),
				...idleTimeout(endpoint),
			};
	}
}

/** What is the default of the load balancer is left out. */
function rotationOf(
	{ loadBalancerProbe, ignoreRoleInstanceStatus, distribution }: InputEndpoint,
	probes: readonly Probe[],
) {
	const probe = probes.find(({ name }) => name.text === loadBalancerProbe?.text);
	return {
		...(probe && { probe: probePlan(probe) }),
		...(ignoreRoleInstanceStatus && { ignoreStatus: true }),
		...(distribution !== 'none' && { distribution }),
	};
}

function probePlan({ name, protocol, path, port, interval, timeout }: Probe): ProbePlan {
	return {
		name: name.text,
		...(protocol === 'http' && { path: path?.startsWith('/') ? path : `/${path ?? ''}` }),
		...(port !== undefined && { port }),
		interval: interval * 1000,
		timeout: timeout * 1000,
	};
}

function idleTimeout({ idleTimeoutInMinutes }: { readonly idleTimeoutInMinutes: number | undefined }) {
	return idleTimeoutInMinutes === undefined ? {} : { idleTimeout: idleTimeoutInMinutes * 60_000 };
}

function ports(publicPort: number | undefined, localPort: number | '*' | undefined) {
	return {
		...(publicPort !== undefined && { publicPort }),
		...(localPort !== undefined && localPort !== '*' && { localPort }),
	};
}

function variable({ name, source }: VariablePlan): VariablePlan {
	return { name, source };
}

function unknownRoles(definition: Definition, { roles = [], counts = {} }: PlanOptions): string[] {
	const known = definition.roles.map(nameOf);
	return [...new Set([...roles, ...Object.keys(counts)])]
		.filter(name => !known.includes(name))
		.map(name => `There is no role '${name}' in the service definition; its roles are ${known.join(', ')}.`);
}

function nothingToRun(definition: Definition, notes: readonly string[]): string {
	return definition.roles.length === 0
		? 'The service definition declares no role; add one first.'
		: ['There is nothing to run.', ...notes].join(' ');
}

function noEntryPoint(role: string): string {
	return `The role '${role}' has no entry point: give it a .NET project, or a ProgramEntryPoint in its Runtime element.`;
}

function noCount(role: string): string {
	return `The configuration gives the role '${role}' no number of instances; add <Instances count="1" /> to it.`;
}

function noSetting(role: string, setting: string): string {
	return `The configuration gives the setting '${setting}' of the role '${role}' no value; add it.`;
}

function nameOf(role: RoleDefinition): string {
	return role.name?.text ?? '';
}
