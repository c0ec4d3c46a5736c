import type { Token } from '../base/span';
import { localName, type XmlDocument, type XmlElement } from '../xml/syntax';
import type {
	Declared,
	Definition,
	EntryPoint,
	EnvironmentVariable,
	LocalStorage,
	ModuleImport,
	RoleDefinition,
	RoleKind,
	Site,
	StartupTask,
	TrafficRule,
} from './definition';
import { attributeValue, booleanOf, childNamed, childrenNamed, choiceOf, integerOf, listed, tokenOf } from './elements';
import { readEndpoints } from './readEndpoints';

/** The names of the elements that declare a role (csdef.md 2). */
export const roleKinds: readonly RoleKind[] = ['WebRole', 'WorkerRole', 'VirtualMachineRole'];

/** Reads a definition from any tree, half-typed ones included. What a role lacks is left out. */
export function readDefinition(path: string, document: XmlDocument): Definition {
	const root = document.root;
	const element = root && localName(root) === 'ServiceDefinition' ? root : undefined;
	return {
		path,
		document,
		element,
		name: tokenOf(element, 'name'),
		schemaVersion: attributeValue(element, 'schemaVersion'),
		upgradeDomainCount: positive(integerOf(element, 'upgradeDomainCount')) ?? 5,
		topologyChangeDiscovery: choiceOf(
			element,
			'topologyChangeDiscovery',
			['UpgradeDomainWalk', 'Blast'],
			'UpgradeDomainWalk',
		),
		probes: declared(listed(element, 'LoadBalancerProbes', 'LoadBalancerProbe')),
		roles: childrenNamed(element, ...roleKinds).map(readRole),
		trafficRules: listed(element, 'NetworkTrafficRules', 'OnlyAllowTrafficTo').map(readTrafficRule),
	};
}

function readRole(element: XmlElement): RoleDefinition {
	const runtime = childNamed(element, 'Runtime');
	return {
		kind: roleKinds.find(kind => kind === localName(element)) ?? 'WorkerRole',
		element,
		name: tokenOf(element, 'name'),
		vmSize: attributeValue(element, 'vmsize') ?? 'Small',
		imports: listed(element, 'Imports', 'Import').flatMap(readImport),
		settings: declared(listed(element, 'ConfigurationSettings', 'Setting')),
		certificates: declared(listed(element, 'Certificates', 'Certificate')),
		endpoints: readEndpoints(element),
		localStorage: [
			...listed(element, 'LocalResources', 'LocalStorage'),
			...childrenNamed(element, 'LocalStorage'),
		].flatMap(readLocalStorage),
		startupTasks: listed(element, 'Startup', 'Task').flatMap(readTask),
		environment: readEnvironment(runtime),
		entryPoint: readEntryPoint(childNamed(runtime, 'EntryPoint')),
		sites: listed(element, 'Sites', 'Site').map(readSite),
	};
}

function declared(elements: readonly XmlElement[]): readonly Declared[] {
	const found: Declared[] = [];
	for (const element of elements) {
		const name = tokenOf(element, 'name');
		if (name) {
			found.push({ element, name });
		}
	}
	return found;
}

function readImport(element: XmlElement): readonly ModuleImport[] {
	const moduleName = tokenOf(element, 'moduleName');
	return moduleName ? [{ element, moduleName }] : [];
}

/** The defaults are those of the tools, not of the documentation (csdef.md 8). */
function readLocalStorage(element: XmlElement): readonly LocalStorage[] {
	return declared([element]).map(({ name }) => ({
		element,
		name,
		sizeInMB: positive(integerOf(element, 'sizeInMB')) ?? 1000,
		cleanOnRoleRecycle: booleanOf(element, 'cleanOnRoleRecycle') ?? true,
	}));
}

function readTask(element: XmlElement): readonly StartupTask[] {
	const commandLine = attributeValue(element, 'commandLine');
	if (!commandLine) {
		return [];
	}
	return [
		{
			element,
			commandLine,
			executionContext: choiceOf(element, 'executionContext', ['limited', 'elevated'], 'limited'),
			taskType: choiceOf(element, 'taskType', ['simple', 'foreground', 'background'], 'simple'),
			environment: readEnvironment(element),
		},
	];
}

function readEnvironment(element: XmlElement | undefined): readonly EnvironmentVariable[] {
	return listed(element, 'Environment', 'Variable').flatMap(variable => {
		const name = attributeValue(variable, 'name');
		const value = attributeValue(variable, 'value');
		const xpath = attributeValue(childNamed(variable, 'RoleInstanceValue'), 'xpath');
		if (!name || (value === undefined && xpath === undefined)) {
			return [];
		}
		return [{ element: variable, name, source: value !== undefined ? { value } : { xpath: xpath ?? '' } }];
	});
}

function readEntryPoint(element: XmlElement | undefined): EntryPoint | undefined {
	const assembly = childNamed(element, 'NetFxEntryPoint');
	const assemblyName = attributeValue(assembly, 'assemblyName');
	if (assembly && assemblyName) {
		const framework = attributeValue(assembly, 'targetFrameworkVersion');
		return { kind: 'assembly', element: assembly, assemblyName, framework };
	}
	const program = childNamed(element, 'ProgramEntryPoint');
	const commandLine = attributeValue(program, 'commandLine');
	if (program && commandLine) {
		const readyOnStart = booleanOf(program, 'setReadyOnProcessStart') ?? true;
		return { kind: 'program', element: program, commandLine, readyOnStart };
	}
	return undefined;
}

function readSite(element: XmlElement): Site {
	return {
		element,
		name: tokenOf(element, 'name'),
		physicalDirectory: attributeValue(element, 'physicalDirectory'),
		bindings: listed(element, 'Bindings', 'Binding').flatMap(binding => {
			const endpointName = tokenOf(binding, 'endpointName');
			return endpointName
				? [{ element: binding, endpointName, hostHeader: attributeValue(binding, 'hostHeader') }]
				: [];
		}),
	};
}

function readTrafficRule(element: XmlElement): TrafficRule {
	return {
		element,
		destinations: listed(element, 'Destinations', 'RoleEndpoint').map(destination => ({
			element: destination,
			roleName: tokenOf(destination, 'roleName'),
			endpointName: tokenOf(destination, 'endpointName'),
		})),
		fromRoles: listed(element, 'WhenSource', 'FromRole')
			.map(from => tokenOf(from, 'roleName'))
			.filter((name): name is Token => name !== undefined),
	};
}

function positive(value: number | undefined): number | undefined {
	return value !== undefined && value >= 1 ? value : undefined;
}
