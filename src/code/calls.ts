import type { LanguageName } from './languages';

/** What role code names: the kinds of `model/names.ts` that code can reach. */
export type CodeKind = 'setting' | 'localStorage' | 'endpoint' | 'role';

/** A place in code whose text names something of the service. */
export interface CodePlace {
	readonly kind: CodeKind;
	/** `call`: the first argument. `entry`: the key of a collection, in whatever way the language looks it up. */
	readonly form: 'call' | 'entry';
	/** The words before it, as the end of a chain; `..` stands for any words between. */
	readonly after: readonly string[];
	/** What has to have the name, or the code fails. */
	readonly needs: Need;
}

/** `nothing`: the code only asks whether it is there. */
export type Need = 'declaration' | 'declarationOrAppSetting' | 'nothing';

const place = (form: CodePlace['form'], kind: CodeKind, after: string, needs: Need = 'declaration'): CodePlace => ({
	kind,
	form,
	after: after.split(' '),
	needs,
});

/** `Microsoft.WindowsAzure.ServiceRuntime` and its companions (service-runtime-api.md 1 to 5). */
const dotnet: readonly CodePlace[] = [
	place('call', 'setting', 'GetConfigurationSettingValue'),
	// Both ask the service configuration first, then the application's own.
	place('call', 'setting', 'CloudConfigurationManager GetSetting', 'declarationOrAppSetting'),
	place('call', 'setting', 'CloudStorageAccount FromConfigurationSetting', 'declarationOrAppSetting'),
	place('call', 'setting', 'DiagnosticMonitor Start'),
	place('call', 'localStorage', 'RoleEnvironment GetLocalResource'),
	place('entry', 'endpoint', 'InstanceEndpoints'),
	place('entry', 'role', 'RoleEnvironment Roles'),
];

/** The npm package `azure`, whose methods give their result to a callback; and role modules as Rolewright runs them. */
const javascript: readonly CodePlace[] = [
	place('entry', 'setting', 'RoleEnvironment getConfigurationSettings'),
	place('entry', 'localStorage', 'RoleEnvironment getLocalResources'),
	place('entry', 'endpoint', 'RoleEnvironment .. endpoints'),
	place('entry', 'role', 'RoleEnvironment getRoles'),
	place('entry', 'setting', 'RoleContext settings'),
	place('call', 'localStorage', 'RoleContext localResource'),
	place('entry', 'endpoint', 'RoleContext .. endpoints'),
	place('entry', 'role', 'RoleContext roles'),
];

/** `com.microsoft.windowsazure.serviceruntime`, and the PHP client made after it. */
const javaAndPhp: readonly CodePlace[] = [
	place('entry', 'setting', 'RoleEnvironment getConfigurationSettings'),
	place('entry', 'localStorage', 'RoleEnvironment getLocalResources'),
	place('entry', 'endpoint', 'getInstanceEndpoints'),
	place('entry', 'role', 'RoleEnvironment getRoles'),
];

const php: readonly CodePlace[] = [
	...javaAndPhp,
	// The extension `php_azure` of the first Windows Azure tools for PHP.
	place('call', 'setting', 'azure_getconfig'),
	place('call', 'localStorage', 'azure_getlocalresourcepath'),
	place('call', 'localStorage', 'azure_getlocalresourcepathsize'),
];

/** No client was ever published (runtime-protocol.md 1): the .NET one through pythonnet, and the usual names of a wrapper. */
const python: readonly CodePlace[] = [
	...dotnet,
	place('entry', 'setting', 'RoleEnvironment get_configuration_settings'),
	place('entry', 'localStorage', 'RoleEnvironment get_local_resources'),
	place('entry', 'role', 'RoleEnvironment get_roles'),
	place('entry', 'endpoint', 'RoleEnvironment .. instance_endpoints'),
];

const places: Readonly<Record<LanguageName, readonly CodePlace[]>> = {
	csharp: dotnet,
	vb: dotnet,
	fsharp: dotnet,
	javascript,
	java: javaAndPhp,
	php,
	python,
};

const dotnetMarkers = [
	'RoleEnvironment',
	'InstanceEndpoints',
	'GetConfigurationSettingValue',
	'CloudConfigurationManager',
	'FromConfigurationSetting',
	'DiagnosticMonitor',
];

const markers: Readonly<Record<LanguageName, readonly string[]>> = {
	csharp: dotnetMarkers,
	vb: [],
	fsharp: dotnetMarkers,
	javascript: ['RoleEnvironment', 'RoleContext', 'RoleModule', 'onStart', 'onStop', 'run'],
	java: ['RoleEnvironment', 'getInstanceEndpoints'],
	python: dotnetMarkers,
	php: ['RoleEnvironment', 'getInstanceEndpoints', 'azure_get'],
};

const vbMarkers = new RegExp(dotnetMarkers.join('|'), 'i');
const moduleWords = /\b(?:settings|endpoints|roles|localResource)\b/;

/** False for a text that cannot name anything, found by looking for words and without reading it as code. */
export function mayName(text: string, language: LanguageName): boolean {
	if (language === 'vb') {
		return vbMarkers.test(text);
	}
	const marked = markers[language].some(marker => text.includes(marker));
	return marked && (language !== 'javascript' || text.includes('RoleEnvironment') || moduleWords.test(text));
}

/** Methods that look up an entry by its key; `false` for those that only ask whether it is there. */
const readers: Readonly<Record<string, boolean>> = {
	Item: true,
	get_Item: true,
	get: true,
	__getitem__: true,
	ContainsKey: false,
	TryGetValue: false,
	containsKey: false,
	getOrDefault: false,
	has: false,
	hasOwnProperty: false,
};

/** In small letters, what comes right before a name: nearly all code ends in other words, and is not looked at closely. */
const lastWords: ReadonlySet<string> = new Set(
	[...Object.values(places).flatMap(all => all.map(({ after }) => after.at(-1) ?? '')), ...Object.keys(readers)].map(
		word => word.toLowerCase(),
	),
);

/** The way in which a text is handed over: after `(`, in `[ ]`, or as a property (`settings.Greeting`). */
export type Access = 'argument' | 'index' | 'property';

/** What a text names that stands after these words; `undefined` for nothing of a service. */
export function placeOf(
	language: LanguageName,
	words: readonly string[],
	access: Access,
): Pick<CodePlace, 'kind' | 'needs'> | undefined {
	const last = words.at(-1) ?? '';
	if (!lastWords.has(last.toLowerCase())) {
		return undefined;
	}
	if (access === 'argument') {
		const called = find(language, words, 'call');
		if (called) {
			return called;
		}
		const reads = Object.hasOwn(readers, last) ? readers[last] : undefined;
		const read = reads === undefined ? undefined : find(language, words.slice(0, -1), 'entry');
		if (read) {
			return reads ? read : { ...read, needs: 'nothing' };
		}
	}
	// Visual Basic looks up an entry by parentheses.
	return access === 'argument' && language !== 'vb' ? undefined : find(language, words, 'entry');
}

function find(language: LanguageName, words: readonly string[], form: CodePlace['form']): CodePlace | undefined {
	const same = language === 'vb' ? equalInAnyCase : equal;
	return places[language].find(each => each.form === form && endsWith(words, each.after, same));
}

type Same = (a: string, b: string) => boolean;
const equal: Same = (a, b) => a === b;
const equalInAnyCase: Same = (a, b) => a.toLowerCase() === b.toLowerCase();

function endsWith(words: readonly string[], after: readonly string[], same: Same): boolean {
	let at = words.length - 1;
	for (let want = after.length - 1; want >= 0; want--, at--) {
		const wanted = after[want] ?? '';
		if (wanted === '..') {
			const before = after[want - 1] ?? '';
			return words.slice(0, at + 1).some(word => same(word, before));
		}
		if (at < 0 || !same(words[at] ?? '', wanted)) {
			return false;
		}
	}
	return true;
}
