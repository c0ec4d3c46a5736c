import type { Format } from '../../src/schema/catalog';
import { namespaceOfFormat } from '../../src/schema/catalog';
import { type ReferenceChild, referenceEnumerations, referenceTypes } from './referenceSchema';

/**
 * The statements of `referenceSchema.ts` as an XML Schema, so that a validator that is not ours can be asked. With
 * `sites`, a web role has to have them (csdef.md 4.2: from schemaVersion 2014-06.2.4 on).
 */
export function referenceXsd(format: Format, sites: boolean): string {
	const types = [...referenceTypes[format]].map(([name, { attributes, model, children }]) => {
		const required = (child: ReferenceChild) => (sites && child.types.has('Sites') ? { ...child, min: 1 } : child);
		const given = [...attributes].map(
			([attribute, { required, type }]) =>
				`<xs:attribute name="${attribute}" type="${type}"${required ? ' use="required"' : ''}/>`,
		);
		return `<xs:complexType name="T_${name}">${content(model, children.map(required))}${given.join('')}</xs:complexType>`;
	});
	const root = format === 'csdef' ? 'ServiceDefinition' : 'ServiceConfiguration';
	const simple = Object.entries(simpleTypes).map(
		([name, body]) => `<xs:simpleType name="${name}">${body}</xs:simpleType>`,
	);
	const namespace = namespaceOfFormat(format);
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" xmlns="${namespace}" elementFormDefault="qualified">${simple.join('')}${types.join('')}<xs:element name="${root}" type="T_${root}"/></xs:schema>`;
}

function content(model: 'any' | 'seq' | 'one', children: readonly ReferenceChild[]): string {
	if (children.length === 0) {
		return '';
	}
	const all = children.flatMap(child => [...child.types].map(([name, type]) => element(name, type)));
	if (model === 'one') {
		return `<xs:choice>${all.join('')}</xs:choice>`;
	}
	if (model === 'any' && children.some(({ max }) => max > 1)) {
		return `<xs:choice minOccurs="0" maxOccurs="unbounded">${all.join('')}</xs:choice>`;
	}
	const group = model === 'any' ? 'all' : 'sequence';
	return `<xs:${group}>${children.map(particle).join('')}</xs:${group}>`;
}

function particle({ types, min, max }: ReferenceChild): string {
	const occurs = ` minOccurs="${min}" maxOccurs="${Number.isFinite(max) ? max : 'unbounded'}"`;
	const [[name, type] = ['', ''], ...others] = [...types];
	return others.length === 0
		? element(name, type, occurs)
		: `<xs:choice${occurs}>${[...types].map(each => element(...each)).join('')}</xs:choice>`;
}

function element(name: string, type: string, occurs = ''): string {
	return `<xs:element name="${name}" type="T_${type}"${occurs}/>`;
}

const restriction = (base: string, facets = '') => `<xs:restriction base="xs:${base}">${facets}</xs:restriction>`;
const among = (...values: readonly string[]) =>
	restriction('string', values.map(value => `<xs:enumeration value="${value}"/>`).join(''));
const from = (least: number, most = 2147483647) =>
	restriction('int', `<xs:minInclusive value="${least}"/><xs:maxInclusive value="${most}"/>`);
const form = (pattern: string) =>
	restriction(
		'string',
		`<xs:pattern value="${pattern.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"/>`,
	);
const length = (least: number) => `<xs:minLength value="${least}"/><xs:maxLength value="256"/>`;

/** The simple types of csdef.md 1 and cscfg.md 2 to 5, by the names of `referenceValues`. */
const simpleTypes: Readonly<Record<string, string>> = {
	Any: restriction('string'),
	Name: form(`[A-Za-z_]([^\\\\/:*?"<>|\`'\\^]*[^\\\\/:*?"<>|\`'\\^.\\s])?`),
	VDirName: form(`[A-Za-z_]([^\\\\/?;:@&=+$,|"<>\`'\\^]*[^\\\\/?;:@&=+$,|"<>\`'\\^.\\s])?`),
	NonEmpty: restriction('string', length(1)),
	UpTo256: restriction('string', length(0)),
	Port: from(1, 65535),
	Star: among('*'),
	PortOrStar: '<xs:union memberTypes="Port Star"/>',
	Positive: from(1),
	From5: from(5),
	From11: from(11),
	Int: restriction('int'),
	UnsignedShort: restriction('unsignedShort'),
	Boolean: restriction('boolean'),
	...Object.fromEntries(Object.entries(referenceEnumerations).map(([name, values]) => [name, among(...values)])),
	Thumbprint: restriction('string', '<xs:minLength value="1"/><xs:pattern value="[0-9A-Fa-f\\s]*"/>'),
	Ip: form('((1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])\\.){3}(1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])'),
	VmName: form('[A-Za-z0-9]([A-Za-z0-9\\-]{0,8}[A-Za-z0-9])?'),
};
