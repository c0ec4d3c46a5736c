/** How a text of a language begins, goes on and ends. */
export interface StringForm {
	/** Matches the opening, prefix and quotes, at its place; its last group, if any, is what closes the text. */
	readonly open: RegExp;
	/** What closes the text; `undefined`: the last group of the opening. */
	readonly close?: string;
	/** `none`: every character means itself. */
	readonly escape: 'backslash' | 'doubled' | 'none';
	/** What opens a hole with code in it. */
	readonly hole?: '{' | '${';
	/** True where the text may go over several lines; others end with their line, closed or not. */
	readonly lines: boolean;
}

/** What the scanner has to know of a language: where its comments, texts and preprocessor lines are. */
export interface Language {
	readonly name: LanguageName;
	readonly lineComments: readonly string[];
	readonly blockComments: readonly { readonly open: string; readonly close: string; readonly nested?: boolean }[];
	/** A line that begins with it is for the preprocessor. */
	readonly directive?: string;
	/** In the order in which they are tried. */
	readonly strings: readonly StringForm[];
	/** True where `/` may open a regular expression. */
	readonly regularExpressions?: boolean;
	/** Code stands only between these; what is around it is for the reader of a page. */
	readonly inside?: { readonly open: RegExp; readonly close: string };
}

export type LanguageName = 'csharp' | 'vb' | 'fsharp' | 'javascript' | 'java' | 'python' | 'php';

const oneLine = (open: RegExp, close: string, hole?: '{'): StringForm => ({
	open,
	close,
	escape: 'backslash',
	lines: false,
	...(hole && { hole }),
});
const cComments = { lineComments: ['//'], blockComments: [{ open: '/*', close: '*/' }] };

const csharp: Language = {
	name: 'csharp',
	...cComments,
	directive: '#',
	strings: [
		{ open: /\$+("{3,})/y, escape: 'none', hole: '{', lines: true },
		{ open: /("{3,})/y, escape: 'none', lines: true },
		{ open: /(?:\$@|@\$)"/y, close: '"', escape: 'doubled', hole: '{', lines: true },
		{ open: /@"/y, close: '"', escape: 'doubled', lines: true },
		oneLine(/\$"/y, '"', '{'),
		oneLine(/"/y, '"'),
		oneLine(/'/y, "'"),
	],
};

const vb: Language = {
	name: 'vb',
	lineComments: ["'", 'REM ', 'Rem ', 'rem '],
	blockComments: [],
	directive: '#',
	strings: [
		{ open: /\$"/y, close: '"', escape: 'doubled', hole: '{', lines: false },
		{ open: /"/y, close: '"', escape: 'doubled', lines: false },
	],
};

const fsharp: Language = {
	name: 'fsharp',
	lineComments: ['//'],
	blockComments: [{ open: '(*', close: '*)', nested: true }],
	directive: '#',
	strings: [
		{ open: /\$+(""")/y, escape: 'none', hole: '{', lines: true },
		{ open: /(""")/y, escape: 'none', lines: true },
		{ open: /(?:\$@|@\$)"/y, close: '"', escape: 'doubled', hole: '{', lines: true },
		{ open: /@"/y, close: '"', escape: 'doubled', lines: true },
		{ open: /\$"/y, close: '"', escape: 'backslash', hole: '{', lines: true },
		{ open: /"/y, close: '"', escape: 'backslash', lines: true },
		// A name such as ``it's so``, in which nothing else begins.
		{ open: /(``)/y, escape: 'none', lines: false },
		// An apostrophe alone begins a type parameter ('a).
		oneLine(/'(?=\\|[^'\n]')/y, "'"),
	],
};

const javascript: Language = {
	name: 'javascript',
	...cComments,
	strings: [
		oneLine(/"/y, '"'),
		oneLine(/'/y, "'"),
		{ open: /`/y, close: '`', escape: 'backslash', hole: '${', lines: true },
	],
	regularExpressions: true,
};

const java: Language = {
	name: 'java',
	...cComments,
	strings: [{ open: /(""")/y, escape: 'backslash', lines: true }, oneLine(/"/y, '"'), oneLine(/'/y, "'")],
};

const python: Language = {
	name: 'python',
	lineComments: ['#'],
	blockComments: [],
	strings: [
		{ open: /(?:[fFtT][rR]?|[rR][fFtT])("""|''')/y, escape: 'backslash', hole: '{', lines: true },
		{ open: /(?:[rR][bB]?|[bB][rR]?|[uU])?("""|''')/y, escape: 'backslash', lines: true },
		{ open: /(?:[fFtT][rR]?|[rR][fFtT])(["'])/y, escape: 'backslash', hole: '{', lines: false },
		{ open: /(?:[rR][bB]?|[bB][rR]?|[uU])?(["'])/y, escape: 'backslash', lines: false },
	],
};

const php: Language = {
	name: 'php',
	lineComments: ['//', '#'],
	blockComments: [{ open: '/*', close: '*/' }],
	strings: [
		{ open: /"/y, close: '"', escape: 'backslash', lines: true },
		{ open: /'/y, close: "'", escape: 'backslash', lines: true },
		{ open: /`/y, close: '`', escape: 'backslash', lines: true },
		{ open: /<<<[ \t]*(?:"(?=\w+")|'(?=\w+'))?(\w+)["']?\r?\n/y, escape: 'none', lines: true },
	],
	inside: { open: /<\?(?:php\b|=)?/g, close: '?>' },
};

const byExtension: Readonly<Record<string, Language>> = {
	cs: csharp,
	vb,
	fs: fsharp,
	fsx: fsharp,
	...Object.fromEntries(['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'].map(each => [each, javascript])),
	java,
	py: python,
	php,
};

/** The extensions of the files in which names are looked for, without the dot. */
export const codeExtensions: readonly string[] = Object.keys(byExtension);

/** The language of a file by its extension; `undefined` for a file that holds no role code. */
export function languageOf(path: string): Language | undefined {
	const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
	return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}
