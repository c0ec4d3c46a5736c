import type { Span } from '../base/span';
import { tokenOf } from '../model/elements';
import { localName, type XmlElement } from '../xml/syntax';
import type { ParsedFile } from './documents';

/** An entry of the outline: an element by its name in the model, or by its own where it has none. */
export interface DocumentSymbol {
	readonly name: string;
	readonly detail: string;
	readonly kind: 'file' | 'role' | 'setting' | 'certificate' | 'endpoint' | 'storage' | 'task' | 'site' | 'group';
	readonly span: Span;
	/** What is selected when the entry is chosen; always inside `span`. */
	readonly selection: Span;
	readonly children: readonly DocumentSymbol[];
}

const kinds: Record<string, DocumentSymbol['kind']> = {
	ServiceDefinition: 'file',
	ServiceConfiguration: 'file',
	WebRole: 'role',
	WorkerRole: 'role',
	VirtualMachineRole: 'role',
	Role: 'role',
	Setting: 'setting',
	Certificate: 'certificate',
	InputEndpoint: 'endpoint',
	InternalEndpoint: 'endpoint',
	InstanceInputEndpoint: 'endpoint',
	LocalStorage: 'storage',
	Task: 'task',
	Site: 'site',
};

/** The attributes that say best which one of many an element is, the first that it has. */
const telling = [
	'name',
	'serviceName',
	'moduleName',
	'roleName',
	'commandLine',
	'assemblyName',
	'destination',
	'count',
];

export function outline({ document }: ParsedFile): readonly DocumentSymbol[] {
	return document.root ? symbolOf(document.root) : [];
}

function symbolOf(element: XmlElement): readonly DocumentSymbol[] {
	const name = element.name;
	if (!name) {
		return [];
	}
	const attribute = localName(element) === 'ServiceConfiguration' ? 'serviceName' : telling.find(has(element));
	const label = attribute === undefined ? undefined : tokenOf(element, attribute);
	const shown = label && label.text !== '' ? label : name;
	return [
		{
			name: shown.text,
			detail: shown === name ? '' : name.text,
			kind: kinds[localName(element)] ?? 'group',
			span: { start: element.start, end: element.end },
			selection: { start: shown.start, end: shown.end },
			children: element.children.flatMap(symbolOf),
		},
	];
}

function has(element: XmlElement) {
	return (attribute: string): boolean => (tokenOf(element, attribute)?.text ?? '') !== '';
}
