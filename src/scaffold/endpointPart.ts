import type { RoleDefinition } from '../model/definition';
import { freePort, freeRange } from '../model/freePorts';
import { insertElements, type Markup } from '../model/markup';
import { publicPortsOf } from '../model/rules/heldPorts';
import { child } from '../xml/syntax';
import { freeName, partNameProblem } from './names';
import { inDefinition, type Part } from './part';
import { nothing, type Plan, together } from './plan';
import type { Asked, Question } from './question';
import { element } from './roleTemplate';

const name: Question = {
	key: 'name',
	initial: ({ role }) => freeName('Endpoint', endpointNames(role)),
	problem: (answer, { role }) => partNameProblem('endpoint', answer, endpointNames(role)),
};

const kind: Question = {
	key: 'kind',
	choices: () => ['input', 'internal', 'instance-input'],
	initial: () => 'input',
};

/** What each kind of endpoint can speak (csdef.md 1). */
const protocols: Readonly<Record<string, readonly string[]>> = {
	input: ['http', 'https', 'tcp', 'udp'],
	internal: ['tcp', 'http', 'udp', 'any'],
	'instance-input': ['tcp', 'udp'],
};

const protocol: Question = {
	key: 'protocol',
	choices: ({ answers }) => protocols[answers.kind ?? ''] ?? [],
	initial: ({ answers, role }) => (role.kind === 'WebRole' && answers.kind === 'input' ? 'http' : 'tcp'),
};

const certificate: Question = {
	key: 'certificate',
	noChoices: 'An https endpoint needs a certificate, and the role has none; add a certificate first.',
	applies: ({ answers }) => answers.protocol === 'https',
	choices: ({ role }) => role.certificates.map(each => each.name.text),
	initial: ({ role }) => role.certificates[0]?.name.text,
};

const port: Question = {
	key: 'port',
	// An internal one without a port gets any that is free (csdef.md 7.2).
	optional: ({ answers }) => answers.kind === 'internal',
	initial: ({ answers, service }) => (answers.kind === 'input' ? String(freePort(service)) : ''),
	problem: (answer, asked) => portProblem(answer, asked),
	applies: ({ answers }) => answers.kind !== 'instance-input',
};

const localPort: Question = {
	key: 'local-port',
	optional: () => true,
	isDetail: true,
	applies: ({ answers }) => answers.kind !== 'internal',
	initial: ({ answers, service }) => (answers.kind === 'instance-input' ? String(freePort(service)) : ''),
	problem: (answer, { answers }) => {
		return isPort(answer) || (answer === '*' && answers.kind === 'input') ? undefined : notAPort(answer);
	},
};

const range: Question = {
	key: 'public-ports',
	applies: ({ answers }) => answers.kind === 'instance-input',
	initial: ({ service }) => freeRange(service).join('-'),
	problem: (answer, { definition, answers }) => {
		const [min, max] = portsOf(answer);
		if (min === undefined || max === undefined || min > max) {
			return `'${answer}' is no range of ports; write it as 10000-10099.`;
		}
		return held(definition, min, max, answers.protocol);
	},
};

const probe: Question = {
	key: 'probe',
	optional: () => true,
	isDetail: true,
	applies: ({ answers }) => answers.kind === 'input',
	choices: ({ definition }) => definition.probes.map(each => each.name.text),
};

const site: Question = {
	key: 'site',
	optional: () => true,
	applies: ({ answers, role }) => {
		const isWeb = answers.protocol === 'http' || answers.protocol === 'https';
		return role.kind === 'WebRole' && answers.kind === 'input' && isWeb && role.sites.length > 0;
	},
	choices: ({ role }) => role.sites.flatMap(each => each.name?.text ?? []),
	initial: ({ role }) => role.sites[0]?.name?.text,
};

/** An endpoint of any kind; one that speaks http is bound to a site of a web role, where nothing would answer otherwise. */
export const endpointPart: Part = {
	what: 'endpoint',
	questions: [name, kind, protocol, certificate, port, localPort, range, probe, site],
	suits: () => true,
	plan: asked => together(inDefinition(asked, ['Endpoints', [markup(asked)]]), binding(asked)),
};

function markup({ answers }: Asked): Markup {
	const both = { name: answers.name ?? '', protocol: answers.protocol ?? '' };
	switch (answers.kind) {
		case 'internal':
			return element('InternalEndpoint', { ...both, ...given('port', answers.port) });
		case 'instance-input': {
			const [min, max] = portsOf(answers['public-ports'] ?? '');
			const ports = element('FixedPortRange', { min: String(min), max: String(max) });
			const attributes = { name: both.name, localPort: answers['local-port'] ?? '', protocol: both.protocol };
			return element('InstanceInputEndpoint', attributes, element('AllocatePublicPortFrom', {}, ports));
		}
		default:
			return element('InputEndpoint', {
				...both,
				...given('port', answers.port),
				...given('localPort', answers['local-port']),
				...given('certificate', answers.certificate),
				...given('loadBalancerProbe', answers.probe),
			});
	}
}

function binding({ answers, definition, role }: Asked): Plan {
	const found = role.sites.find(each => each.name?.text === answers.site);
	const bindings = found && child(found.element, 'Bindings');
	if (!bindings) {
		return nothing;
	}
	const names = bindings.children.map(each => each.attributes.find(({ written }) => written === 'name')?.value);
	const own = names.includes(answers.name) ? freeName('Binding', names) : (answers.name ?? '');
	const added = element('Binding', { name: own, endpointName: answers.name ?? '' });
	return {
		files: [],
		edits: [{ path: definition.path, edits: [insertElements(definition.document, bindings, [added])] }],
	};
}

function given(attribute: string, answer: string | undefined): Record<string, string> {
	return answer ? { [attribute]: answer } : {};
}

function endpointNames({ endpoints }: RoleDefinition): readonly (string | undefined)[] {
	return endpoints.map(each => each.name?.text);
}

function portProblem(answer: string, { definition, answers }: Asked): string | undefined {
	if (answers.kind === 'internal' && answer === '*') {
		return undefined;
	}
	if (!isPort(answer)) {
		return notAPort(answer);
	}
	return answers.kind === 'input' ? held(definition, Number(answer), Number(answer), answers.protocol) : undefined;
}

function held(definition: Asked['definition'], min: number, max: number, protocol: string | undefined) {
	const transport = protocol === 'udp' ? 'udp' : 'tcp';
	const other = publicPortsOf(definition).find(each => {
		return each.min <= max && min <= each.max && (each.transport === transport || each.transport === 'any');
	});
	return other && `Port ${Math.max(min, other.min)} belongs to ${other.what} already; choose another one.`;
}

export function isPort(answer: string): boolean {
	return /^\d{1,5}$/.test(answer) && Number(answer) >= 1 && Number(answer) <= 65_535;
}

export function notAPort(answer: string): string {
	return `'${answer}' is no port; give a number from 1 to 65535.`;
}

function portsOf(answer: string): readonly (number | undefined)[] {
	const [, min = '', max = ''] = /^(\d+)\s*-\s*(\d+)$/.exec(answer) ?? [];
	return [min, max].map(each => (isPort(each) ? Number(each) : undefined));
}
