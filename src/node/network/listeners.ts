import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Listening } from '../../lifecycle/network';
import { outputOf } from '../hosts/programOutput';
import { findProgram } from '../processes/programs';
import { windowsProgram } from '../processes/systemPrograms';

/**
 * Where the processes of one tree listen for TCP connections, as the system tells it: by `/proc` on Linux, by `lsof` on
 * macOS, by `netstat` on Windows, there for the first process alone. Undefined where nothing of that can be asked.
 */
export async function listenersOf(pid: number): Promise<readonly Listening[] | undefined> {
	switch (process.platform) {
		case 'linux':
			return linuxListeners(await socketsOf((await processGroups()).get(pid) ?? []));
		case 'darwin': {
			const text = await lsof('-a', '-g', String(pid), '-iTCP', '-sTCP:LISTEN', '-Fn');
			return text === undefined ? undefined : lsofListeners(text);
		}
		case 'win32': {
			const text = await netstat();
			return text === undefined ? undefined : netstatListeners(text, pid);
		}
		default:
			return undefined;
	}
}

/** The process that listens on a port of this machine, by its id; undefined where the system does not tell. */
export async function holderOf(port: number): Promise<Holder | undefined> {
	switch (process.platform) {
		case 'linux':
			return linuxHolder(port);
		case 'darwin':
			return lsofHolder((await lsof(`-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc')) ?? '');
		case 'win32': {
			const pid = netstatHolder((await netstat()) ?? '', port);
			const question = ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'];
			const name = pid && tasklistName((await outputOf(windowsProgram('tasklist.exe'), question)).stdout);
			return name ? { pid, name } : undefined;
		}
		default:
			return undefined;
	}
}

export interface Holder {
	readonly pid: number;
	readonly name: string;
}

/** It tells the same with an exit code of 1, where it has found nothing. */
async function lsof(...args: readonly string[]): Promise<string | undefined> {
	const program = findProgram('lsof', { PATH: '/usr/sbin:/usr/bin:/bin' });
	return program && (await outputOf(program, ['-nP', ...args])).stdout;
}

async function netstat(): Promise<string | undefined> {
	const { stdout, exitCode } = await outputOf(windowsProgram('netstat.exe'), ['-ano', '-p', 'TCP']);
	return exitCode === 0 ? stdout : undefined;
}

async function linuxHolder(port: number): Promise<Holder | undefined> {
	const wanted = new Set(
		(await tcpTable()).filter(row => row.listens && row.port === port).map(({ socket }) => socket),
	);
	for (const pid of wanted.size === 0 ? [] : await processIds()) {
		for (const socket of await socketsOf([pid])) {
			if (wanted.has(socket)) {
				const program = await readlink(`/proc/${pid}/exe`).catch(() => readFile(`/proc/${pid}/comm`, 'utf8'));
				return { pid, name: path.basename(program.trim()) };
			}
		}
	}
	return undefined;
}

/** The lines of `lsof -Fn` that name a place: `n127.0.0.1:8080`, `n*:80`, `n[::1]:80`. */
export function lsofListeners(text: string): readonly Listening[] {
	return [...text.matchAll(/^n(.+):(\d+)$/gm)].map(([, address = '', port]) => place(address, Number(port)));
}

/** The first process of `lsof -Fpc`: `p4711`, `cnode`. */
export function lsofHolder(text: string): Holder | undefined {
	const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(text) ?? [];
	return pid !== undefined && name !== undefined ? { pid: Number(pid), name } : undefined;
}

/** The lines of `netstat -ano` of one process. */
export function netstatListeners(text: string, pid: number): readonly Listening[] {
	return netstatRows(text)
		.filter(row => row.pid === pid)
		.map(({ address, port }) => place(address, port));
}

export function netstatHolder(text: string, port: number): number | undefined {
	return netstatRows(text).find(row => row.port === port)?.pid;
}

/** Those that listen: the word for that depends on the language, the foreign address does not. */
function netstatRows(text: string) {
	const row = /^\s*TCP\s+(\S+):(\d+)\s+(?:0\.0\.0\.0|\[::\]):0\s+\S+\s+(\d+)\s*$/gm;
	return [...text.matchAll(row)].map(([, address = '', port, pid]) => ({
		address,
		port: Number(port),
		pid: Number(pid),
	}));
}

/** The name in the only line of `tasklist /fo csv`; a sentence in the language of the system where there is no such process. */
export function tasklistName(text: string): string | undefined {
	return /^"([^"]+)","\d+",/m.exec(text)?.[1];
}

function place(address: string, port: number): Listening {
	return { address: address === '*' ? '0.0.0.0' : address.replace(/^\[|\]$/g, ''), port };
}

async function linuxListeners(sockets: ReadonlySet<string>): Promise<readonly Listening[]> {
	return (await tcpTable())
		.filter(({ listens, socket }) => listens && sockets.has(socket))
		.map(({ address, port }) => ({ address, port }));
}

interface TableRow extends Listening {
	readonly listens: boolean;
	/** The number of the socket, as the open files of a process name it. */
	readonly socket: string;
}

async function tcpTable(): Promise<readonly TableRow[]> {
	const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')));
	return tables.flatMap(text => procTable(text));
}

/** `/proc/net/tcp` and `/proc/net/tcp6`. */
export function procTable(text: string): readonly TableRow[] {
	return text
		.split('\n')
		.slice(1)
		.flatMap(line => {
			const [, local, , state, , , , , , socket] = line.trim().split(/\s+/);
			const [address, port] = local?.split(':') ?? [];
			return address && port && socket
				? [{ address: addressOf(address), port: Number.parseInt(port, 16), listens: state === '0A', socket }]
				: [];
		});
}

/** The kernel writes words of four bytes in the order of the machine; every machine that runs this is little-endian. */
function addressOf(hex: string): string {
	const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word => [...Buffer.from(word, 'hex')].reverse());
	if (bytes.length === 4) {
		return bytes.join('.');
	}
	const mapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
	if (mapped) {
		return bytes.slice(12).join('.');
	}
	if (bytes.every(byte => byte === 0)) {
		return '::';
	}
	const isLoopback = bytes.slice(0, 15).every(byte => byte === 0) && bytes[15] === 1;
	return isLoopback
		? '::1'
		: (
				bytes
					.map(byte => byte.toString(16).padStart(2, '0'))
					.join('')
					.match(/.{4}/g) ?? []
			).join(':');
}

/** All instances of a deployment are looked at in the same moment: one reading of the processes does for all of them. */
const readingLasts = 1_000;
let reading: { readonly at: number; readonly groups: Promise<ReadonlyMap<number, readonly number[]>> } | undefined;

function processGroups(): Promise<ReadonlyMap<number, readonly number[]>> {
	if (reading === undefined || performance.now() - reading.at > readingLasts) {
		reading = { at: performance.now(), groups: readGroups() };
	}
	return reading.groups;
}

/** The processes by their groups: every process of the fabric is the head of a group of its own. */
async function readGroups(): Promise<ReadonlyMap<number, readonly number[]>> {
	const groups = new Map<number, number[]>();
	for (const pid of await processIds()) {
		const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
		// The name in parentheses may hold anything; after it come the state, the parent and the group.
		const [, , group] = status.slice(status.lastIndexOf(')') + 2).split(' ');
		const members = groups.get(Number(group)) ?? [];
		members.push(pid);
		groups.set(Number(group), members);
	}
	return groups;
}

async function processIds(): Promise<readonly number[]> {
	return (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
}

async function socketsOf(pids: readonly number[]): Promise<ReadonlySet<string>> {
	const sockets = new Set<string>();
	for (const pid of pids) {
		for (const file of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
			const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
			const socket = /^socket:\[(\d+)\]$/.exec(target)?.[1];
			if (socket !== undefined) {
				sockets.add(socket);
			}
		}
	}
	return sockets;
}
