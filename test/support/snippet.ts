/** What a snippet expands to when nobody types: every tab stop at its first value. */
export function expandSnippet(snippet: string): string {
	return snippet
		.replace(/(?<!\\)\$\{\d+\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}/g, '$1')
		.replace(/(?<!\\)\$\{\d+(?::((?:\\.|[^\\}])*))?\}/g, (_, initial: string | undefined) => initial ?? '')
		.replace(/(?<!\\)\$\d+/g, '')
		.replace(/\\([\\$},|])/g, '$1');
}
