/**
 * True where a JavaScript file looks like a role of ours: it exports `onStart`, `run` or `onStop`, in the manner of
 * CommonJS or of a module. A look at the text, not a run of it: who writes it otherwise says so in `rolewright.json`.
 */
export function exportsRole(text: string): boolean {
	const code = withoutTextAndComments(text);
	return patterns.some(pattern => pattern.test(code));
}

const names = '(?:onStart|run|onStop)';
const patterns = [
	// exports.onStart = …, module.exports.run = …
	new RegExp(`\\bexports\\s*\\.\\s*${names}\\s*=(?!=)`),
	// module.exports = { onStart, run: …, async onStop() … }, export { onStart }, export default { onStart }
	new RegExp(
		`(?:\\bmodule\\s*\\.\\s*exports\\s*=|\\bexport\\s+default|\\bexport)\\s*\\{(?:[^{}]|\\{[^{}]*\\})*?(?<=[{,]\\s*(?:async\\s+)?|\\bas\\s+)${names}\\s*[,:(}]`,
	),
	// export async function onStart, export const run
	new RegExp(`\\bexport\\s+(?:(?:async\\s+)?function\\s*\\*?|const|let|var)\\s+${names}\\b`),
];

/** Bodies of texts, comments and templates say nothing of the exports. */
function withoutTextAndComments(text: string): string {
	return text.replace(
		/\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g,
		' ',
	);
}
