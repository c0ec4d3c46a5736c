import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Measured } from './measure';

/** A process that loads the bundle and activates it, with an editor that takes everything and does nothing. */
const program = `
const nothing = new Proxy(function () {}, {
	get: (target, name) => name === 'then' || name === Symbol.iterator ? undefined : nothing,
	apply: () => nothing,
	construct: () => nothing,
});
const { performance } = require('node:perf_hooks');
const Module = require('node:module');
const load = Module._load;
const workspace = new Proxy({ textDocuments: [], workspaceFolders: [], findFiles: async () => [] }, { get: (own, name) => own[name] ?? nothing });
// A bundle copies the module's own properties, and keeps what it inherits.
const editor = Object.create(new Proxy({}, { get: (_, name) => name === 'workspace' ? workspace : nothing }));
Module._load = (request, ...rest) => request === 'vscode' ? editor : load(request, ...rest);
const memory = { get: (key, otherwise) => otherwise, update: async () => {}, keys: () => [] };
const began = performance.now();
const { activate } = require(process.argv[1]);
const loaded = performance.now();
const own = { subscriptions: [], asAbsolutePath: text => text, extensionMode: 1, workspaceState: memory, globalState: memory };
activate(new Proxy(own, { get: (own, name) => own[name] ?? nothing }));
console.log(JSON.stringify([loaded - began, performance.now() - loaded]));
process.exit(0);
`;

/** How long the editor waits for us when it opens a workspace with a service in it: the bundle is read, and activated. */
export function measureActivation(dist: string): readonly Measured[] {
	const times = Array.from({ length: 9 }, () => {
		const answer = execFileSync(process.execPath, ['-e', program, path.join(dist, 'extension.js')], {
			encoding: 'utf8',
		});
		const [load = 0, activate = 0]: readonly number[] = JSON.parse(answer);
		return load + activate;
	}).sort((a, b) => a - b);
	const [fastest = 0] = times;
	return [{ what: 'load and activate the extension', milliseconds: times[4] ?? 0, fastest, bound: 100 }];
}
