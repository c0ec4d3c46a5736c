import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FromHost, ToHost } from '../../src/lifecycle/hostVocabulary';
import type { RoleLife } from '../../src/lifecycle/roleHost';
import { type BuildResult, buildProject } from '../../src/node/dotnet/build';
import { type DotnetHostOptions, dotnetFiles, startDotnetHost } from '../../src/node/dotnet/host';
import { findMono } from '../../src/node/dotnet/mono';
import { findDotnet } from '../../src/node/dotnet/program';
import { type HostChannel, hostChannel } from '../../src/node/hosts/hostChannel';
import { outputOf } from '../../src/node/hosts/programOutput';
import { endAllProcesses } from '../../src/node/processes/processes';

const root = path.resolve(import.meta.dirname, '../..');
export const fixtures = path.join(root, 'test/fixtures/dotnet');
export const files = dotnetFiles(path.join(root, 'dist/host'));

/** Everything that the tests of one file build and run lies in one folder, outside the project. */
export interface Workshop {
	readonly folder: string;
	readonly channel: HostChannel;
	/** Builds a copy of a fixture, once. */
	built(role: string): Promise<BuiltRole>;
	/** What a life of a role is started with. */
	lifeOf(role: string, behaviour: string): Promise<RoleLife>;
	/** Starts a life of a role with this value of its setting Behaviour. */
	start(
		role: string,
		behaviour: string,
		change?: Partial<RoleLife>,
		options?: Partial<DotnetHostOptions>,
	): Promise<Life>;
	close(): Promise<void>;
}

export interface BuiltRole {
	readonly folder: string;
	readonly assembly: string;
}

export async function openWorkshop(): Promise<Workshop> {
	await buildHost();
	const folder = await mkdtemp(path.join(tmpdir(), 'rolewright dotnet '));
	const channel = hostChannel();
	const builds = new Map<string, Promise<BuiltRole>>();
	const built = (role: string): Promise<BuiltRole> => {
		const build = builds.get(role) ?? buildCopy(folder, role);
		builds.set(role, build);
		return build;
	};
	const usualLife = async (role: string, behaviour: string): Promise<RoleLife> =>
		lifeOf(folder, role, await built(role), behaviour);
	return {
		folder,
		channel,
		built,
		lifeOf: usualLife,
		start: async (role, behaviour, change = {}, options = {}) => {
			const life = { ...(await usualLife(role, behaviour)), ...change };
			return startLife({ channel, files, ...options }, life);
		},
		close: async () => {
			await channel.close();
			// The build servers are in the trees of the builds that started them.
			endAllProcesses();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The role's own view of its service is the same in every test: two endpoints, a local resource, two settings. */
async function lifeOf(folder: string, role: string, code: BuiltRole, behaviour: string): Promise<RoleLife> {
	const state = path.join(folder, 'state', role);
	const place = (name: string): string => path.join(state, name);
	await Promise.all(
		['windows', 'temp', 'logs', 'resources/Scratch'].map(name => mkdir(place(name), { recursive: true })),
	);
	const own = { id: `${role}_IN_0`, faultDomain: 0, updateDomain: 1 };
	const web = { name: 'Web', protocol: 'http', address: '127.0.0.1', port: 8080, publicPort: 80 };
	const peers = { name: 'Peers', protocol: 'tcp', address: '127.0.0.1', port: 9000 };
	return {
		instance: own.id,
		life: 1,
		entry: { kind: 'assembly', assembly: path.basename(code.assembly) },
		folders: {
			root: state,
			approot: code.folder,
			resources: place('resources'),
			windows: place('windows'),
			temp: place('temp'),
			logs: place('logs'),
		},
		variables: { RoleName: role, TMPDIR: place('temp') },
		waitForDebugger: false,
		environment: {
			deploymentId: 'deployment1',
			emulated: true,
			instanceId: own.id,
			roleName: role,
			faultDomain: 0,
			updateDomain: 1,
			settings: { Behaviour: behaviour, Color: 'red' },
			localResources: [{ name: 'Scratch', path: `${place('resources/Scratch')}${path.sep}`, sizeInMB: 10 }],
			roles: [
				{ name: role, instances: [{ ...own, endpoints: [web, peers] }] },
				{ name: 'Hidden', instances: [] },
			],
		},
	};
}

/** A role in its process, and everything that it has said so far. */
export interface Life {
	readonly life: RoleLife;
	readonly heard: readonly FromHost[];
	send(message: ToHost): void;
	kill(): void;
	/** The first message that fits, said already or still to come; fails when the process ends without it. */
	until(fits: (message: FromHost) => boolean): Promise<FromHost>;
	ended(): Promise<readonly string[]>;
}

export function startLife(options: DotnetHostOptions, life: RoleLife): Life {
	const heard: FromHost[] = [];
	const waiting = new Set<() => void>();
	const running = startDotnetHost(options, life, message => {
		heard.push(message);
		for (const look of [...waiting]) {
			look();
		}
	});
	const until: Life['until'] = fits =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				const found = heard.find(fits);
				if (found) {
					waiting.delete(look);
					resolve(found);
				} else if (heard.at(-1)?.type === 'exited') {
					waiting.delete(look);
					reject(new Error(`ended before it was said:\n${words(heard).join('\n')}`));
				}
			};
			waiting.add(look);
			look();
		});
	running.send({ type: 'start' });
	return {
		life,
		heard,
		until,
		send: running.send,
		kill: running.kill,
		ended: async () => {
			await until(message => message.type === 'exited');
			return words(heard);
		},
	};
}

/** What was heard, one line a message. What the process says of itself is left out: it differs each time. */
export function words(heard: readonly FromHost[]): string[] {
	return heard.flatMap(message => {
		switch (message.type) {
			case 'hello':
				return [];
			case 'output':
				return [`${message.level ?? message.stream}: ${message.text}`];
			case 'exited':
				return [`exited ${message.exitCode ?? message.signal}`];
			case 'failed':
				return [`failed: ${message.text}`];
			case 'call':
				return message.phase === 'begin' ? [`${message.call} begins`] : [`${message.call} ${ending(message)}`];
			case 'fault':
				return [`fault ${errorWords(message.error)}`];
			case 'debugger':
				return [message.attached ? 'attached' : 'detached'];
			case 'status':
				return [`status ${message.status}`];
			case 'note':
				return [`note: ${message.text}`];
			default:
				return [message.type];
		}
	});
}

function ending(call: Extract<FromHost, { phase: 'end' }>): string {
	return call.error
		? `fails ${errorWords(call.error)}`
		: `ends${call.result === undefined ? '' : ` ${JSON.stringify(call.result)}`}`;
}

function errorWords(error: { type: string; message: string; file?: string; line?: number }): string {
	return `${error.type}: ${error.message} (${path.basename(error.file ?? 'nowhere')}:${error.line})`;
}

export function says(text: string): (message: FromHost) => boolean {
	return message => words([message]).includes(text);
}

/** The line of a fixture with this text in it, as a journal entry names it. */
export async function lineOf(file: string, text: string): Promise<string> {
	const lines = (await readFile(path.join(fixtures, file), 'utf8')).split('\n');
	const found = lines.findIndex(line => line.includes(text));
	assert.notEqual(found, -1, `${file} has no line with '${text}'`);
	return `${path.basename(file)}:${found + 1}`;
}

export async function copyFixture(folder: string, role: string, to = role): Promise<string> {
	const copy = path.join(folder, 'sources', to);
	await cp(path.join(fixtures, role), copy, { recursive: true });
	return path.join(copy, `${role}.csproj`);
}

export function build(
	folder: string,
	project: string,
	mode: 'auto' | 'always' | 'never' = 'auto',
): Promise<BuildResult> {
	return buildProject({ project, mode, cache: path.join(folder, 'cache'), files });
}

async function buildCopy(folder: string, role: string): Promise<BuiltRole> {
	const result = await build(folder, await copyFixture(folder, role));
	assert.ok(result.outcome !== 'failed', JSON.stringify(result, undefined, '\t'));
	return { folder: path.dirname(result.assembly), assembly: result.assembly };
}

async function buildHost(): Promise<void> {
	const result = await outputOf(process.execPath, [path.join(root, 'scripts/build-host.mjs')], { limit: 110_000 });
	assert.equal(result.exitCode, 0, result.stdout + result.stderr);
}

/** Said by the suites that cannot run without it. */
export const withoutMono = findMono() === undefined ? 'Mono is not installed' : undefined;

/** Said by the suites that cannot run without it. */
export const withoutSdk = findDotnet() === undefined ? 'the .NET SDK is not installed' : undefined;
