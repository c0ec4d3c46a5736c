import path from 'node:path';
import type { SiteKind } from '../lifecycle/siteHost';
import { attributeValue } from '../model/elements';
import { filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { parse } from '../xml/parser';
import { childrenNamed, type XmlElement } from '../xml/syntax';

/**
 * What answers the requests of a folder, as far as its files tell: `web.config` first, as IIS does, then what lies in it.
 * `commandLine` is what rolewright.json says, and wins.
 */
export function siteKindOf(folder: string, commandLine?: string): SiteKind {
	if (commandLine !== undefined) {
		return { kind: 'command', commandLine };
	}
	const files = filesIn(folder).map(file => path.basename(file));
	const has = (pattern: RegExp) => files.find(file => pattern.test(file));
	const config = readWebConfig(folder);
	const script = nodeScript(config, files);
	if (script !== undefined) {
		return { kind: 'node', script, ...(config && nodeVariables(config)) };
	}
	const assembly = aspNetCoreAssembly(folder, files);
	if (assembly !== undefined) {
		return { kind: 'aspnetcore', assembly };
	}
	if (has(/\.(aspx|asax|ashx|asmx|svc|cshtml|vbhtml)$/i) !== undefined || isAspNet(folder, config)) {
		return { kind: 'aspnet' };
	}
	if (has(/\.php$/i) !== undefined) {
		return { kind: 'php' };
	}
	const server = config === undefined ? has(/^(server|app)\.[cm]?js$/i) : undefined;
	const isNode =
		server !== undefined && has(/^package\.json$/i) !== undefined && has(/^(index|default)\.html?$/i) === undefined;
	return isNode ? { kind: 'node', script: server } : { kind: 'static' };
}

function readWebConfig(folder: string): XmlElement | undefined {
	const found = findOnDisk(path.join(folder, 'web.config'));
	return found?.kind === 'file' ? parse(readText(found.path)).root : undefined;
}

/**
 * iisnode's convention: a handler gives a path to the module `iisnode`. A path that is a pattern runs whatever script a
 * request names; then the script that the rewrite rules lead to is the one, else the usual name.
 */
function nodeScript(config: XmlElement | undefined, files: readonly string[]): string | undefined {
	const handlers = below(config, 'handlers').flatMap(list => childrenNamed(list, 'add'));
	const paths = handlers
		.filter(handler => attributeValue(handler, 'modules')?.toLowerCase() === 'iisnode')
		.flatMap(handler => attributeValue(handler, 'path') ?? []);
	if (paths.length === 0) {
		return undefined;
	}
	const rewritten = below(config, 'action')
		.filter(action => attributeValue(action, 'type')?.toLowerCase() === 'rewrite')
		.flatMap(action => attributeValue(action, 'url') ?? []);
	const usual = ['server.js', 'app.js', 'index.js'].flatMap(
		name => files.find(file => file.toLowerCase() === name) ?? [],
	);
	return [...rewritten, ...paths, ...usual].map(relative).find(isScript) ?? 'server.js';
}

function relative(url: string): string {
	return url
		.replaceAll('\\', '/')
		.replace(/[?#].*$/s, '')
		.replace(/^[/~]+/, '');
}

/** A file of the folder, and no pattern; a name from a file never leads out of it. */
function isScript(file: string): boolean {
	return /\.[cm]?js$/i.test(file) && !/[*{}$:\0]/.test(file) && !file.split('/').includes('..');
}

/** iisnode gives the settings of `appSettings` to the program as variables, and `node_env` as NODE_ENV. */
function nodeVariables(config: XmlElement): { readonly variables: Readonly<Record<string, string>> } | undefined {
	const settings = below(config, 'appSettings')
		.flatMap(list => childrenNamed(list, 'add'))
		.flatMap((add): [string, string][] => {
			const key = attributeValue(add, 'key');
			return key ? [[key, attributeValue(add, 'value') ?? '']] : [];
		});
	// `%node_env%`, its default, means the variable of that name.
	const mode = below(config, 'iisnode')
		.flatMap(each => attributeValue(each, 'node_env') ?? [])
		.find(each => !each.includes('%'));
	const variables = Object.fromEntries([...settings, ...(mode === undefined ? [] : [['NODE_ENV', mode]])]);
	return Object.keys(variables).length === 0 ? undefined : { variables };
}

/** The build or the publish of an ASP.NET Core project: its assembly has a runtime configuration that names the framework. */
function aspNetCoreAssembly(folder: string, files: readonly string[]): string | undefined {
	const name = files.find(
		file =>
			/\.runtimeconfig\.json$/i.test(file) && readText(path.join(folder, file)).includes('Microsoft.AspNetCore.App'),
	);
	return name?.replace(/\.runtimeconfig\.json$/i, '.dll');
}

/** A site of .NET Framework that has no page at its root: an MVC or a Web API project. */
function isAspNet(folder: string, config: XmlElement | undefined): boolean {
	const hasCode = filesIn(path.join(folder, 'bin')).some(file => /\.dll$/i.test(file));
	return hasCode && below(config, 'system.web').length > 0;
}

/** Every element of the name, however deep: `location` elements hold whole configurations. */
function below(element: XmlElement | undefined, name: string): readonly XmlElement[] {
	return (element?.children ?? []).flatMap(child => [
		...(child.localName.toLowerCase() === name.toLowerCase() ? [child] : []),
		...below(child, name),
	]);
}
