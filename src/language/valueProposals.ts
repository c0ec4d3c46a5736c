import { type Span, touches } from '../base/span';
import { connectionKeys } from '../model/connectionString';
import { plainXPaths, xpathsOf } from '../model/rules/xpaths';
import type { Service } from '../model/service';
import { attribute, type XmlAttribute, type XmlElement } from '../xml/syntax';
import { connectionPartAt, connectionParts } from './connectionParts';

/** A value, or a part of one, that may be typed inside the quotes. */
export interface ValueProposal {
	readonly value: string;
	/** Markdown. */
	readonly description: string;
	/** What it takes the place of; `undefined`: the whole value. */
	readonly replace: Span | undefined;
	/** True where the value of the part that was just written is to be chosen next. */
	readonly goOn: boolean;
}

/** What may stand in a value that has parts, or that leads into the role's environment; `undefined` for all other values. */
export function proposalsWithin(
	service: Service,
	element: XmlElement,
	value: XmlAttribute,
	offset: number,
): readonly ValueProposal[] | undefined {
	if (element.localName === 'RoleInstanceValue' && value.written === 'xpath') {
		return xpaths(service, element);
	}
	const parts = connectionParts(element, value);
	const part = parts?.[connectionPartAt(parts, offset)];
	if (!parts || !part) {
		return knownSettingValues(element, value);
	}
	const { known, valueSpan, keySpan, span } = part;
	if (valueSpan && offset >= valueSpan.start) {
		return (known?.values ?? []).map(each => ({
			value: each,
			description: known?.meaning ?? '',
			replace: valueSpan,
			goOn: false,
		}));
	}
	const others = new Set(parts.flatMap(each => (each === part ? [] : [each.key.toLowerCase()])));
	const alone = others.has('usedevelopmentstorage');
	const replace = valueSpan ? keySpan : { start: touches(keySpan, offset) ? keySpan.start : offset, end: span.end };
	return keysBeside(others, alone).map(({ key, meaning }) => ({
		value: valueSpan ? key : `${key}=`,
		description: meaning,
		replace,
		goOn: true,
	}));
}

function keysBeside(others: ReadonlySet<string>, alone: boolean) {
	const isFirst = others.size === 0 || (others.size === 1 && others.has(''));
	return connectionKeys.filter(({ key }) => {
		const name = key.toLowerCase();
		const ofEmulator = name === 'usedevelopmentstorage' || name === 'developmentstorageproxyuri';
		return !others.has(name) && (isFirst || ofEmulator === alone);
	});
}

/** The role may be named only here: then the plain paths are all that is known. */
function xpaths({ definition }: Service, element: XmlElement): readonly ValueProposal[] {
	let around: XmlElement | undefined = element;
	const role = () => definition?.roles.find(each => each.element === around);
	while (around && !role()) {
		around = around.parent;
	}
	const found = role();
	const values = found ? xpathsOf(found) : plainXPaths;
	return values.map(value => ({ value, description: meaningOf(value), replace: undefined, goOn: false }));
}

/** The meanings are those of the role configuration paths (csdef.md 9.1). */
function meaningOf(xpath: string): string {
	const last = xpath.slice(xpath.lastIndexOf('@') + 1);
	const name = /\[@name='([^']*)'\]/.exec(xpath)?.[1];
	const of = name === undefined ? '' : ` of \`${name}\``;
	return `${meanings[last] ?? ''}${of}.`;
}

const meanings: Readonly<Record<string, string>> = {
	emulated: 'Whether the role runs in the emulator: `true` or `false`',
	id: 'The identity of the deployment or of the instance',
	updateDomain: 'The number of the upgrade domain of the instance',
	faultDomain: 'The number of the fault domain of the instance',
	roleName: 'The name of the role',
	value: 'The value of the setting',
	path: 'The folder of the local storage',
	sizeInMB: 'The size in MB',
	protocol: 'The protocol of the endpoint',
	address: 'The address of the endpoint in this instance',
	port: 'The port of the endpoint in this instance',
};

/** What the settings of the known modules may be (cscfg.md 6). */
function knownSettingValues(element: XmlElement, { written }: XmlAttribute): readonly ValueProposal[] | undefined {
	const name = element.localName === 'Setting' && written === 'value' ? attribute(element, 'name')?.value : undefined;
	return name !== undefined &&
		/^Microsoft\.WindowsAzure\.Plugins\.Remote(?:Access|Forwarder|Debugger\.Connector)\.Enabled$/.test(name)
		? ['true', 'false'].map(value => ({ value, description: '', replace: undefined, goOn: false }))
		: undefined;
}
