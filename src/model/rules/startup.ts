import type { Token } from '../../base/span';
import { attribute, child, type XmlElement } from '../../xml/syntax';
import type { RoleDefinition } from '../definition';
import { booleanOf, listed, tokenOf } from '../elements';
import { joinPath } from '../paths';
import { problems } from '../problems';
import { aboutEachRole, eachRepeated, ignoringCase, type Rule, seeAlso, valueSpan } from './rule';

/** 12.1 and 12.9 */
const variables: Rule = ({ definition }, report) => {
	for (const { element } of definition?.roles ?? []) {
		for (const environment of environmentsIn(element)) {
			const path = definition?.path ?? '';
			const names: Token[] = [];
			for (const variable of listed(environment, 'Environment', 'Variable')) {
				const name = tokenOf(variable, 'name');
				const value = attribute(variable, 'value');
				const computed = child(variable, 'RoleInstanceValue');
				if (name) {
					names.push(name);
				}
				if (!value && !computed) {
					report(path, problems.variableWithoutValue(name ?? variable.name ?? variable, name?.text ?? ''));
				} else if (value && computed) {
					report(path, problems.variableWithTwoValues(valueSpan(variable, 'value'), name?.text ?? ''));
				}
			}
			eachRepeated(
				names,
				(repeated, first) => {
					const related = seeAlso(path, first, 'The first variable of this name.');
					report(path, problems.duplicateVariable(repeated, repeated.text, related));
				},
				ignoringCase,
			);
		}
	}
};

/** 12.3 */
const readyAtOnce: Rule = ({ definition }, report) => {
	for (const { entryPoint } of definition?.roles ?? []) {
		if (definition && entryPoint?.kind === 'program') {
			const { element } = entryPoint;
			if (booleanOf(element, 'setReadyOnProcessStart') === false) {
				report(definition.path, problems.readyOnProcessStart(valueSpan(element, 'setReadyOnProcessStart')));
			}
		}
	}
};

const belowApproot = /^"?%ROLEROOT%[\\/]+Approot[\\/]+/i;

/** 12.5 */
const relativeToApproot: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		for (const [element, attribute] of programsOf(role)) {
			const token = tokenOf(element, attribute);
			const prefix = token && belowApproot.exec(token.text)?.[0];
			if (definition && token && prefix !== undefined) {
				const instead = (prefix.startsWith('"') ? '"' : '') + token.text.slice(prefix.length);
				report(definition.path, problems.pathBelowApproot(token, `'${attribute}'`, instead));
			}
		}
	}
};

const scriptName = /^"?([^"\s%$<>|&]+\.(?:cmd|bat))\b/i;

/** 12.6. The script of a task lies in the project of its role, which has the role's name beside the definition. */
const scriptsWithoutMark: Rule = ({ definition }, report, { nearby }) => {
	if (!definition || !nearby) {
		return;
	}
	for (const { name, startupTasks } of definition.roles) {
		for (const { element, commandLine } of startupTasks) {
			const script = scriptName.exec(commandLine)?.[1];
			if (!script || !name?.text || !isPlainFolder(name.text) || !staysInside(script)) {
				continue;
			}
			const places = [`${name.text}/${script}`, `../${name.text}/${script}`];
			if (places.some(place => nearby.startsWithMark(joinPath(definition.path, place)))) {
				report(definition.path, problems.scriptWithMark(valueSpan(element, 'commandLine'), script));
			}
		}
	}
};

/** 12.8 */
const fullTrust: Rule = ({ definition }, report) => {
	for (const { element, name } of definition?.roles ?? []) {
		if (definition && booleanOf(element, 'enableNativeCodeExecution') === false) {
			const span = valueSpan(element, 'enableNativeCodeExecution');
			report(definition.path, problems.partialTrust(span, name?.text ?? ''));
		}
	}
};

/** 12.10. A path with a property or a variable is known only while the service is packed. */
const contents: Rule = ({ definition }, report, { nearby }) => {
	for (const { element } of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		const entries = listed(element, 'Contents', 'Content');
		eachRepeated(
			entries.flatMap(entry => tokenOf(entry, 'destination') ?? []),
			(repeated, first) => {
				const related = seeAlso(path, first, 'The first content of this destination.');
				report(path, problems.duplicateContent(repeated, repeated.text, related));
			},
			ignoringCase,
		);
		for (const entry of nearby ? entries : []) {
			const source = child(entry, 'SourceDirectory');
			const directory = tokenOf(source, 'path');
			if (directory?.text && !hasVariable.test(directory.text) && !nearby?.isFolder(joinPath(path, directory.text))) {
				report(path, problems.missingSourceDirectory(directory, directory.text));
			}
		}
	}
};

export const startupRules: readonly Rule[] = [
	aboutEachRole(variables),
	aboutEachRole(readyAtOnce),
	aboutEachRole(relativeToApproot),
	scriptsWithoutMark,
	aboutEachRole(fullTrust),
	contents,
];

const hasVariable = /[%$]/;

function isPlainFolder(name: string): boolean {
	return !name.includes('/') && !name.includes('\\') && !name.startsWith('.');
}

function staysInside(script: string): boolean {
	return !script.includes('..') && !script.includes(':') && !script.startsWith('/') && !script.startsWith('\\');
}

/** The elements of a role that hold an Environment: its run time and its tasks. */
function environmentsIn(role: XmlElement): readonly XmlElement[] {
	const runtime = child(role, 'Runtime');
	return [...(runtime ? [runtime] : []), ...listed(role, 'Startup', 'Task')];
}

function programsOf({ startupTasks, entryPoint }: RoleDefinition): readonly (readonly [XmlElement, string])[] {
	const tasks = startupTasks.map(({ element }) => [element, 'commandLine'] as const);
	if (!entryPoint) {
		return tasks;
	}
	const attribute = entryPoint.kind === 'assembly' ? 'assemblyName' : 'commandLine';
	return [...tasks, [entryPoint.element, attribute] as const];
}
