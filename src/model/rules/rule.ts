import type { Span, Token } from '../../base/span';
import { attribute, type XmlElement } from '../../xml/syntax';
import type { Configuration, RoleConfiguration } from '../configuration';
import type { Definition, RoleDefinition } from '../definition';
import type { Platform } from '../platform';
import type { RuleProblem } from '../problems';
import type { Service } from '../service';

export type Report = (path: string, problem: RuleProblem) => void;

/** What a rule may know besides the files of the service; the edges give it. */
export interface RuleContext {
	/** `undefined` where nothing says it: rules of extended support are hints then. */
	readonly platform: Platform | undefined;
	/** As `2026-01-31`; `undefined`: rules about days that have passed are left out. */
	readonly today: string | undefined;
	/** What lies beside the files; `undefined`: rules that look at other files are left out. */
	readonly nearby: Nearby | undefined;
}

/** The files around a service, by absolute paths. */
export interface Nearby {
	isFolder(path: string): boolean;
	/** True where there is such a file, and it starts with a byte order mark. */
	startsWithMark(path: string): boolean;
}

/** One row of cross-file-rules.md. Names that are missing or empty are the schema's business, and nothing here. */
export interface Rule {
	(service: Service, report: Report, context: RuleContext): void;
	/** Left out: the rule looks at the service as a whole. */
	readonly about?: 'role' | 'configuredRole';
}

/**
 * Says of a rule that it judges each role by itself, in the definition and in each configuration: by what stands in the
 * role, the attributes of the roots, the name of the configuration, platform and day. What it finds stands in that role.
 */
export function aboutEachRole(rule: Rule): Rule {
	return Object.assign(rule, { about: 'role' as const });
}

/** The same of a rule that judges each role of a configuration by that and by the role of the definition. */
export function aboutEachConfiguredRole(rule: Rule): Rule {
	return Object.assign(rule, { about: 'configuredRole' as const });
}

/** Calls back for every token whose name an earlier one has already taken; `keyOf` says which names count as the same. */
export function eachRepeated(
	tokens: readonly Token[],
	found: (repeated: Token, first: Token) => void,
	keyOf: (name: string) => string = same,
): void {
	if (tokens.length < 2) {
		return;
	}
	const first = new Map<string, Token>();
	for (const token of tokens) {
		const key = keyOf(token.text);
		const earlier = first.get(key);
		if (earlier) {
			found(token, earlier);
		} else if (token.text !== '') {
			first.set(key, token);
		}
	}
}

/** For names that Windows does not tell apart by case. */
export function ignoringCase(name: string): string {
	return name.toLowerCase();
}

function same(name: string): string {
	return name;
}

/** A role of a configuration that the definition knows. */
export interface ConfiguredRole {
	readonly definition: Definition;
	readonly configuration: Configuration;
	readonly configured: RoleConfiguration;
	readonly role: RoleDefinition;
	/** The name of the role in the configuration. */
	readonly name: Token;
}

/** Every role of every configuration that the definition knows. */
export function eachConfiguredRole(
	{ definition, configurations }: Service,
	visit: (found: ConfiguredRole) => void,
): void {
	if (!definition) {
		return;
	}
	for (const configuration of configurations) {
		for (const configured of configuration.roles) {
			const role = configured.name && roleNamed(definition, configured.name.text);
			if (role && configured.name) {
				visit({ definition, configuration, configured, role, name: configured.name });
			}
		}
	}
}

/** True for a configuration of the emulator, by its name: `Local`, as the tools call it, or one that says so itself. */
export function isForEmulator({ name }: Configuration): boolean {
	return emulatorName.test(name);
}

const emulatorName = /(?:^|[.\s_-])(?:local|emulator|emulated)(?:$|[.\s_-])/i;

/** Where to report about a role that has no place of its own for it: its name, else its element. */
export function placeOfRole({
	name,
	element,
}: {
	readonly name: Token | undefined;
	readonly element: XmlElement;
}): Span {
	return name ?? element.name ?? element;
}

/** The value of an attribute, for a problem that stands there. */
export function valueSpan(element: XmlElement, name: string): Span {
	const found = attribute(element, name);
	return found?.rawValue ?? found ?? element.name ?? element;
}

/** The role of a name in the definition; with two of one name, the first. */
export function roleNamed(definition: Definition, name: string): RoleDefinition | undefined {
	let roles = rolesByName.get(definition);
	if (!roles) {
		// From the last to the first, so that the first of one name stays.
		roles = new Map([...definition.roles].reverse().map(role => [role.name?.text ?? '', role]));
		rolesByName.set(definition, roles);
	}
	return name === '' ? undefined : roles.get(name);
}

const rolesByName = new WeakMap<Definition, ReadonlyMap<string, RoleDefinition>>();

export function roleNames(definition: Definition): readonly string[] {
	return definition.roles.flatMap(role => (role.name?.text ? [role.name.text] : []));
}

/** One place that explains a problem. */
export function seeAlso(path: string, span: Token | undefined, message: string) {
	return span ? [{ path, span: { start: span.start, end: span.end }, message }] : [];
}
