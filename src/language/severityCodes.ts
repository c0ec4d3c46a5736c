import { type JsonNode, readJsonTree } from '../base/jsonTree';
import { nearest } from '../base/nearest';
import type { Problem } from '../base/problem';
import { problems as codeProblems } from '../code/problems';
import { ruleCodes } from '../model/problems';
import { problems as schemaProblems } from '../schema/problems';
import { problems as syntaxProblems } from '../xml/problems';

/** The codes of all problems whose severity a project decides on (interfaces.md 3). */
export const severityCodes: readonly string[] = [
	...new Set([...Object.keys(schemaProblems), ...ruleCodes, ...Object.keys(codeProblems)]),
].sort();

/** Why choosing a severity for this code changes nothing; `undefined` where it does. */
export function codeObstacle(code: string): { readonly isKnown: boolean; readonly text: string } | undefined {
	if (severityCodes.includes(code)) {
		return undefined;
	}
	if (Object.hasOwn(syntaxProblems, code)) {
		return {
			isKnown: true,
			text: `How severe '${code}' is cannot be chosen: a text that is not well-formed is read by no tool.`,
		};
	}
	const near = nearest(code, severityCodes);
	const remedy = near === undefined ? ': every problem names its code in brackets.' : `; did you mean '${near}'?`;
	return { isKnown: false, text: `There is no problem with the code '${code}'${remedy}` };
}

/** What is chosen in the text of a `rolewright.json` and has no effect, each at its code. */
export function severityProblems(text: string): readonly Problem[] {
	const { root } = readJsonTree(text);
	return membersOf(root)
		.filter(({ name }) => name.text === 'severity')
		.flatMap(({ value }) => membersOf(value))
		.flatMap(({ name: { text: code, start, end } }): Problem[] => {
			const message = codeObstacle(code)?.text;
			const span = { start, end };
			return message === undefined ? [] : [{ code: 'unknownCode', severity: 'warning', layer: 'rule', message, span }];
		});
}

function membersOf(node: JsonNode | undefined) {
	return node?.kind === 'object' ? node.properties : [];
}
