import type { Edit } from '../base/span';
import { parse } from '../xml/parser';
import { child, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import { textOf } from './cloudProject';
import { attributeValue } from './elements';
import { insertElements, type Markup, removeElement } from './markup';
import { comparable, folderOf, joinPath } from './paths';

/** Edits of the list of roles in a `.ccproj`, whose format is that of MSBuild: an item per role, which names its project. */

/** The project of a new role; `file` counts from the folder of the definition. */
export interface NewReference {
	readonly definition: string;
	readonly file: string;
	readonly role: string;
	/** `WebRole` or `WorkerRole`, as Visual Studio shortens it. */
	readonly kind: string;
}

/** Lists the project of a new role, beside the others where there are some. */
export function addProjectReference(path: string, text: string, reference: NewReference): Edit | undefined {
	const document = parse(text);
	if (document.root?.localName !== 'Project') {
		return undefined;
	}
	const include = relativePath(folderOf(path), joinPath(reference.definition, reference.file));
	const item: Markup = {
		name: 'ProjectReference',
		attributes: [['Include', include]],
		children: [
			{ name: 'Name', text: reference.role },
			{ name: 'Private', text: 'True' },
			{ name: 'RoleType', text: reference.kind.replace(/Role$/, '') },
			{ name: 'RoleName', text: reference.role },
		],
	};
	const last = references(document).at(-1);
	if (last?.parent) {
		return insertElements(document, last.parent, [item], { after: last });
	}
	const group = childrenNamed(document.root, 'ItemGroup').at(-1);
	return insertElements(
		document,
		document.root,
		[{ name: 'ItemGroup', children: [item] }],
		group ? { after: group } : 'last',
	);
}

/** Takes a role from the list; nothing where it is not there. */
export function removeProjectReference(text: string, role: string): readonly Edit[] {
	const document = parse(text);
	return references(document)
		.filter(reference => roleNameOf(document, reference) === role)
		.map(reference => {
			const group = reference.parent;
			const isOnly = group && group.localName === 'ItemGroup' && group.content.every(node => isOf(node, reference));
			return removeElement(document, isOnly ? group : reference);
		});
}

/** Lists the project of a role a second time, for a role of another name. */
export function copyProjectReference(text: string, role: string, newName: string): readonly Edit[] {
	const document = parse(text);
	return references(document)
		.filter(reference => roleNameOf(document, reference) === role)
		.slice(0, 1)
		.flatMap(reference =>
			reference.parent
				? [insertElements(document, reference.parent, [copyOf(document, reference, newName)], { after: reference })]
				: [],
		);
}

/** Sees to it that files of a .NET project lie beside its output, where a startup task finds them. */
export function copyToOutput(text: string, ...files: readonly string[]): Edit | undefined {
	const document = parse(text);
	const { root } = document;
	if (root?.localName !== 'Project') {
		return undefined;
	}
	const isSdkStyle = attributeValue(root, 'Sdk') !== undefined || child(root, 'Sdk') !== undefined;
	const copy: Markup = { name: 'CopyToOutputDirectory', text: 'PreserveNewest' };
	// A project of the SDK has every file already; the classic one lists its own.
	const items = files.map(
		(file): Markup =>
			isSdkStyle
				? { name: 'None', attributes: [['Update', file]], children: [copy] }
				: { name: 'Content', attributes: [['Include', file]], children: [copy] },
	);
	const group = childrenNamed(root, 'ItemGroup').at(-1);
	return insertElements(document, root, [{ name: 'ItemGroup', children: items }], group ? { after: group } : 'last');
}

/** As it is, with the name of another role. */
function copyOf(document: XmlDocument, reference: XmlElement, newName: string): Markup {
	const children = reference.children.map((each): Markup => {
		const text = each.localName === 'RoleName' ? newName : textOf(document, each);
		return { name: each.localName, text };
	});
	const named = children.some(({ name }) => name === 'RoleName')
		? children
		: [...children, { name: 'RoleName', text: newName }];
	return {
		name: 'ProjectReference',
		attributes: reference.attributes.map(each => [each.written, each.value] as const),
		children: named,
	};
}

function references(document: XmlDocument): readonly XmlElement[] {
	return childrenNamed(document.root, 'ItemGroup').flatMap(group => childrenNamed(group, 'ProjectReference'));
}

/** As `src/model/cloudProject.ts` reads it. */
function roleNameOf(document: XmlDocument, reference: XmlElement): string {
	const [named] = [...childrenNamed(reference, 'RoleName'), ...childrenNamed(reference, 'Name')];
	return named ? textOf(document, named) : '';
}

function isOf(node: XmlElement['content'][number], element: XmlElement): boolean {
	return node === element || (node.kind === 'text' && node.blank);
}

/** From a folder to a file, as a project of Windows writes it. */
function relativePath(folder: string, file: string): string {
	const from = folder.split(/[\\/]/);
	const to = file.split(/[\\/]/);
	let common = 0;
	while (
		common < from.length &&
		common < to.length - 1 &&
		comparable(from[common] ?? '') === comparable(to[common] ?? '')
	) {
		common++;
	}
	return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('\\');
}
