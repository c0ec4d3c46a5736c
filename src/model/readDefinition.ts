import { child, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import type {
	Declared,
	Definition,
	EntryPoint,
	EnvironmentVariable,
	LocalStorage,
	ModuleImport,
	Probe,
	RoleDefinition,
	RoleKind,
	StartupTask,
	TrafficRule,
} from './definition';
import { attributeValue, booleanOf, choiceOf, integerOf, listed, portOf, readAll, tokenOf } from './elements';
import { readEndpoints } from './readEndpoints';
import { readOnce } from './readOnce';
import { readSites } from './readSites';

/** The names of the elements that declare a role (csdef.md 2). */
export const roleKinds: readonly RoleKind[] = ['WebRole', 'WorkerRole', 'VirtualMachineRole'];

/** Reads a definition from any tree, half-typed ones included. What a role lacks is left out. */
export function readDefinition(path: string, document: XmlDocument): Definition {
	const root = document.root;
	const element = root?.localName === 'ServiceDefinition' ? root : undefined;
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
		probes: readAll(listed(element, 'LoadBalancerProbes', 'LoadBalancerProbe'), readProbe),
		roles: childrenNamed(element, ...roleKinds).map(roleOf),
		trafficRules: listed(element, 'NetworkTrafficRules', 'OnlyAllowTrafficTo').map(readTrafficRule),
	};
}

const roleOf = readOnce(readRole);

function readRole(element: XmlElement): RoleDefinition {
	const runtime = child(element, 'Runtime');
	return {
		kind: roleKinds.find(kind => kind === element.localName) ?? 'WorkerRole',
		element,
		name: tokenOf(element, 'name'),
		vmSize: attributeValue(element, 'vmsize') ?? 'Small',
		imports: readAll(listed(element, 'Imports', 'Import'), readImport),
		settings: declared(listed(element, 'ConfigurationSettings', 'Setting')),
		certificates: declared(listed(element, 'Certificates', 'Certificate')),
		endpoints: readEndpoints(element),
		localStorage: readAll(
			[...listed(element, 'LocalResources', 'LocalStorage'), ...childrenNamed(element, 'LocalStorage')],
			readLocalStorage,
		),
		startupTasks: readAll(listed(element, 'Startup', 'Task'), readTask),
		environment: readEnvironment(runtime),
		entryPoint: readEntryPoint(child(runtime, 'EntryPoint')),
		sites: readSites(element),
	};
}

function declared(elements: readonly XmlElement[]): readonly Declared[] {
	return readAll(elements, element => {
		const name = tokenOf(element, 'name');
		return name && { element, name };
	});
}

/** The shortest times are those of the schema (csdef.md 3). */
function readProbe(element: XmlElement): Probe | undefined {
	const name = tokenOf(element, 'name');
	return (
		name && {
			element,
			name,
			protocol: choiceOf(element, 'protocol', ['http', 'tcp'], 'tcp'),
			path: attributeValue(element, 'path'),
			port: portOf(element, 'port'),
			interval: Math.max(5, integerOf(element, 'intervalInSeconds') ?? 15),
			timeout: Math.max(11, integerOf(element, 'timeoutInSeconds') ?? 31),
		}
	);
}

function readImport(element: XmlElement): ModuleImport | undefined {
	const moduleName = tokenOf(element, 'moduleName');
	return moduleName && { element, moduleName };
}

/** The defaults are those of the tools, not of the documentation (csdef.md 8). */
function readLocalStorage(element: XmlElement): LocalStorage | undefined {
	const name = tokenOf(element, 'name');
	return (
		name && {
			element,
			name,
			sizeInMB: positive(integerOf(element, 'sizeInMB')) ?? 1000,
			cleanOnRoleRecycle: booleanOf(element, 'cleanOnRoleRecycle') ?? true,
		}
	);
}

function readTask(element: XmlElement): StartupTask | undefined {
	const commandLine = attributeValue(element, 'commandLine');
	if (!commandLine) {
		return undefined;
	}
	return {
		element,
		commandLine,
		executionContext: choiceOf(element, 'executionContext', ['limited', 'elevated'], 'limited'),
		taskType: choiceOf(element, 'taskType', ['simple', 'foreground', 'background'], 'simple'),
		environment: readEnvironment(element),
	};
}

function readEnvironment(element: XmlElement | undefined): readonly EnvironmentVariable[] {
	return readAll(listed(element, 'Environment', 'Variable'), readVariable);
}

function readVariable(element: XmlElement): EnvironmentVariable | undefined {
	const name = attributeValue(element, 'name');
	const value = attributeValue(element, 'value');
	const xpath = attributeValue(child(element, 'RoleInstanceValue'), 'xpath');
	if (!name || (value === undefined && xpath === undefined)) {
		return undefined;
	}
	return { element, name, source: value !== undefined ? { value } : { xpath: xpath ?? '' } };
}

function readEntryPoint(element: XmlElement | undefined): EntryPoint | undefined {
	const assembly = child(element, 'NetFxEntryPoint');
	const assemblyName = attributeValue(assembly, 'assemblyName');
	if (assembly && assemblyName) {
		const framework = attributeValue(assembly, 'targetFrameworkVersion');
		return { kind: 'assembly', element: assembly, assemblyName, framework };
	}
	const program = child(element, 'ProgramEntryPoint');
	const commandLine = attributeValue(program, 'commandLine');
	if (program && commandLine) {
		const readyOnStart = booleanOf(program, 'setReadyOnProcessStart') ?? true;
		return { kind: 'program', element: program, commandLine, readyOnStart };
	}
	return undefined;
}

function readTrafficRule(element: XmlElement): TrafficRule {
	return {
		element,
		destinations: listed(element, 'Destinations', 'RoleEndpoint').map(destination => ({
			element: destination,
			roleName: tokenOf(destination, 'roleName'),
			endpointName: tokenOf(destination, 'endpointName'),
		})),
		fromRoles: readAll(listed(element, 'WhenSource', 'FromRole'), from => tokenOf(from, 'roleName')),
	};
}

function positive(value: number | undefined): number | undefined {
	return value !== undefined && value >= 1 ? value : undefined;
}
