import type { JsonValue } from '../base/jsonEdits';
import type { Markup } from '../model/markup';
import type { NewFile } from './plan';

/** What makes a role of some kind: its files, its declaration, and what else has to be said of it. */
export interface RoleTemplate {
	/** With paths relative to the folder of the role. */
	readonly files: readonly NewFile[];
	/** The element of the definition. */
	readonly role: Markup;
	/** The project among the files that a `.ccproj` would name. */
	readonly project?: string;
	/** The disk image that every configuration names, for a VM role. */
	readonly image?: string;
	/** What `rolewright.json` says of the role. */
	readonly settings?: Readonly<Record<string, JsonValue>>;
	/** A task that builds the role outside of a run. */
	readonly buildTask?: { readonly command: string; readonly args: readonly string[]; readonly problemMatcher: string };
	readonly notes?: readonly string[];
}

/** Left out, the size would be Small, which extended support does not deploy (csdef.md 4.1). */
const usualSize = 'Standard_A1_v2';

export function workerElement(name: string, commandLine?: string): Markup {
	// The entry point of an assembly is found from its project, as Visual Studio's own definitions rely on.
	return { name: 'WorkerRole', attributes: nameAndSize(name), children: commandLine ? [runtime(commandLine)] : [] };
}

/** A web role with one site, which is bound to one input endpoint; the directory counts from the definition. */
export function webElement(name: string, port: number, directory: string): Markup {
	const endpoint = element('InputEndpoint', { name: 'HttpIn', protocol: 'http', port: String(port) });
	const binding = element('Binding', { name: 'HttpIn', endpointName: 'HttpIn' });
	const site = element('Site', { name: 'Web', physicalDirectory: directory }, element('Bindings', {}, binding));
	return {
		name: 'WebRole',
		attributes: nameAndSize(name),
		children: [element('Sites', {}, site), element('Endpoints', {}, endpoint)],
	};
}

export function element(
	name: string,
	attributes: Readonly<Record<string, string>>,
	...children: readonly Markup[]
): Markup {
	return { name, attributes: Object.entries(attributes), children };
}

function nameAndSize(name: string): readonly (readonly [string, string])[] {
	return [
		['name', name],
		['vmsize', usualSize],
	];
}

function runtime(commandLine: string): Markup {
	const program = element('ProgramEntryPoint', { commandLine, setReadyOnProcessStart: 'true' });
	return element('Runtime', {}, element('EntryPoint', {}, program));
}
