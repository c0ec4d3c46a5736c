import { parse } from '../xml/parser';
import { attributeValue } from '../xml/references';
import { attribute, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import { joinPath } from './paths';

/** A cloud service project of Visual Studio (`.ccproj`), as far as it says what belongs together. Paths are absolute, unchecked. */
export interface CloudProject {
	readonly path: string;
	readonly definitions: readonly string[];
	readonly configurations: readonly string[];
	readonly roles: readonly { readonly name: string; readonly project: string }[];
}

/** Reads a project file, however much of it is there. A tool wrote it, so nobody is told of what is wrong in it. */
export function readCloudProject(path: string, text: string): CloudProject {
	const document = parse(text);
	const items = (name: string): readonly XmlElement[] =>
		document.root?.localName === 'Project'
			? childrenNamed(document.root, 'ItemGroup').flatMap(group => childrenNamed(group, name))
			: [];
	const included = (name: string) => items(name).flatMap(item => resolved(path, item));
	return {
		path,
		definitions: included('ServiceDefinition'),
		configurations: included('ServiceConfiguration'),
		roles: items('ProjectReference').flatMap(item => roleOf(document, path, item)),
	};
}

/** The text of an element, references resolved; comments are none of it. */
export function textOf({ text }: XmlDocument, { content }: XmlElement): string {
	const pieces = content.flatMap(node => {
		const raw = node.kind === 'text' ? text.slice(node.start, node.end) : '';
		// What is captured, every second piece, stands for itself.
		return raw
			.split(/<!\[CDATA\[([\s\S]*?)\]\]>/)
			.map((piece, place) => (place % 2 === 1 ? piece : attributeValue(piece)));
	});
	return pieces.join('').trim();
}

function resolved(project: string, item: XmlElement): readonly string[] {
	const include = attribute(item, 'Include')?.value ?? '';
	// A property such as $(Configuration) has a value only during a build.
	return include !== '' && !include.includes('$(') ? [joinPath(project, include)] : [];
}

function roleOf(
	document: XmlDocument,
	project: string,
	reference: XmlElement,
): readonly { name: string; project: string }[] {
	const [named] = [...childrenNamed(reference, 'RoleName'), ...childrenNamed(reference, 'Name')];
	const name = named ? textOf(document, named) : '';
	return name === '' ? [] : resolved(project, reference).map(path => ({ name, project: path }));
}
