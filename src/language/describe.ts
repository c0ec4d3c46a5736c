import { isSecret, maskSecret } from '../base/secrets';
import { allowedSettings } from '../model/declared';
import type { Endpoint, RoleDefinition } from '../model/definition';
import { moduleNamed, modulesOf } from '../model/modules';
import type { NameUse } from '../model/names';
import type { Service } from '../model/service';
import type { AttributeGrammar, ElementGrammar } from '../schema/grammar';

/** Markdown for people, from the grammar or from the model. Text of the user's stands in code spans, secrets are masked. */

export function describeElement(grammar: Pick<ElementGrammar, 'name' | 'description' | 'since'>): string {
	return [grammar.description, since(grammar.since)].filter(part => part !== '').join('\n\n');
}

export function describeAttribute(grammar: AttributeGrammar): string {
	const { value, required } = grammar;
	const values = value.values.map(each => code(each.value)).join(', ');
	const facts = [
		required ? 'Required.' : '',
		grammar.default === undefined || grammar.default === '' ? '' : `Default: ${code(grammar.default)}.`,
		value.form === '' ? '' : `Value: ${value.form}.`,
		values === '' ? '' : `${value.kind === 'open' ? 'For example' : 'One of'}: ${values}.`,
	];
	const line = facts.filter(fact => fact !== '').join(' ');
	return [grammar.description, line, since(grammar.since)].filter(part => part !== '').join('\n\n');
}

/** What a name of the model is, and what each configuration says about it. */
export function describeName(service: Service, { kind, name, role }: NameUse): string {
	const ofRole = role === undefined ? '' : ` of the role ${code(role)}`;
	switch (kind) {
		case 'service':
			return `Service ${code(name)}`;
		case 'role':
			return describeRole(service, name);
		case 'setting':
			return [`Setting ${code(name)}${ofRole}`, origin(service, role, name), settingValues(service, role, name)]
				.filter(part => part !== '')
				.join('\n\n');
		case 'certificate':
			return [`Certificate ${code(name)}${ofRole}`, thumbprints(service, role, name)].filter(Boolean).join('\n\n');
		case 'endpoint':
			return describeEndpoint(roleOf(service, role), name, ofRole);
		case 'localStorage':
			return describeStorage(roleOf(service, role), name, ofRole);
		case 'probe':
			return `Load balancer probe ${code(name)}`;
		case 'loadBalancer':
			return `Internal load balancer ${code(name)}`;
		case 'accessControl':
			return `Access control list ${code(name)}`;
	}
}

export function describeModule(moduleName: string, { modules = [] }: Service): string {
	const module = moduleNamed(moduleName) ?? modules.find(each => each.moduleName === moduleName);
	if (!module) {
		return `Module ${code(moduleName)}: a folder below \`bin\\plugins\` of the SDK. What it adds is not known here.`;
	}
	const adds = [
		...module.settings.map(name => `setting ${code(name)}`),
		...module.certificates.map(name => `certificate ${code(name)}`),
		...module.endpoints.map(endpoint => `endpoint ${code(endpoint.name)}`),
	];
	const list = adds.length > 0 ? `\n\nAdds to the role:\n${adds.map(line => `- ${line}`).join('\n')}` : '';
	return `${module.meaning}${list}`;
}

/** A code span for any text: fenced by more backticks than it holds. */
export function code(text: string): string {
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
	const fence = '`'.repeat(longest + 1);
	const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return text === '' ? '(empty)' : `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}

function since(version: string | undefined): string {
	return version === undefined ? '' : `Since SDK ${version}.`;
}

const roleWords = { WebRole: 'Web role', WorkerRole: 'Worker role', VirtualMachineRole: 'Virtual machine role' };

function describeRole(service: Service, name: string): string {
	const role = roleOf(service, name);
	const head = role ? `${roleWords[role.kind]} ${code(name)}, size ${code(role.vmSize)}` : `Role ${code(name)}`;
	const lines = service.configurations.map(configuration => {
		const entry = configuration.roles.find(each => each.name?.text === name);
		const count = entry?.instances?.count;
		const instances = count === undefined ? 'not configured' : `${count} ${count === 1 ? 'instance' : 'instances'}`;
		return `- ${labelOf(configuration)}: ${instances}`;
	});
	return lines.length > 0 ? `${head}\n\n${lines.join('\n')}` : head;
}

function origin(service: Service, roleName: string | undefined, name: string): string {
	const role = roleOf(service, roleName);
	const module = role && modulesOf(role).find(each => [...each.settings, ...each.optionalSettings].includes(name));
	if (module) {
		return `Added by the module ${code(module.moduleName)}.`;
	}
	return role && !allowedSettings(role).includes(name) ? 'Not declared in the service definition.' : '';
}

function settingValues(service: Service, roleName: string | undefined, name: string): string {
	return perConfiguration(service, roleName, role => {
		const value = role.settings.find(setting => setting.name.text === name)?.value;
		return value === undefined ? 'no value' : code(isSecret(name, value) ? maskSecret(value) : value);
	});
}

function thumbprints(service: Service, roleName: string | undefined, name: string): string {
	return perConfiguration(service, roleName, role => {
		const thumbprint = role.certificates.find(entry => entry.name.text === name)?.thumbprint;
		return thumbprint === undefined ? 'no thumbprint' : code(thumbprint);
	});
}

function perConfiguration(
	{ configurations }: Service,
	roleName: string | undefined,
	say: (role: Service['configurations'][number]['roles'][number]) => string,
): string {
	return configurations
		.map(configuration => {
			const role = configuration.roles.find(each => each.name?.text === roleName);
			return `- ${labelOf(configuration)}: ${role ? say(role) : 'role not configured'}`;
		})
		.join('\n');
}

function labelOf({ name, path }: Service['configurations'][number]): string {
	return name === '' ? code(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)) : code(name);
}

function describeEndpoint(role: RoleDefinition | undefined, name: string, ofRole: string): string {
	const endpoint = role?.endpoints.find(each => each.name?.text === name);
	if (endpoint) {
		return `${endpointWords(endpoint)} ${code(name)}${ofRole}`;
	}
	const module = role && modulesOf(role).find(each => each.endpoints.some(added => added.name === name));
	return `Endpoint ${code(name)}${ofRole}${module ? `, added by the module ${code(module.moduleName)}` : ''}`;
}

function endpointWords(endpoint: Endpoint): string {
	const protocol = endpoint.protocol === undefined ? '' : ` (${endpoint.protocol}${ports(endpoint)})`;
	switch (endpoint.kind) {
		case 'input':
			return `Input endpoint${protocol}`;
		case 'internal':
			return `Internal endpoint${protocol}`;
		case 'instanceInput':
			return `Instance input endpoint${protocol}`;
	}
}

function ports(endpoint: Endpoint): string {
	if (endpoint.kind === 'instanceInput') {
		const range = endpoint.publicPorts;
		return range?.min === undefined || range.max === undefined ? '' : `, public ports ${range.min} to ${range.max}`;
	}
	return endpoint.port === undefined ? '' : `, port ${endpoint.port}`;
}

function describeStorage(role: RoleDefinition | undefined, name: string, ofRole: string): string {
	const storage = role?.localStorage.find(each => each.name.text === name);
	const kept = storage?.cleanOnRoleRecycle ? 'emptied on recycle' : 'kept on recycle';
	return `Local storage ${code(name)}${ofRole}${storage ? `, ${storage.sizeInMB} MB, ${kept}` : ''}`;
}

function roleOf({ definition }: Service, name: string | undefined): RoleDefinition | undefined {
	return definition?.roles.find(role => role.name?.text === name);
}
