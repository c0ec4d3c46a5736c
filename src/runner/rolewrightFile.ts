import { Failure } from '../base/failure';
import { isAddress } from '../lifecycle/accessList';
import { type Severities, severityChoices } from '../model/severities';
import type { TaskChoice } from '../node/taskChoices';
import { readCommentedJson } from './commentedJson';

/** `rolewright.json` beside the definition (interfaces.md 3, `schemas/rolewright.schema.json`); all of it is optional. */
export interface RolewrightFile {
	readonly roles: Readonly<Record<string, RoleSettings>>;
	readonly platform?: 'classic' | 'extended';
	/** Access control lists are applied; each address of this machine here stands for the other. */
	readonly accessControls?: { readonly clients: Readonly<Record<string, string>> };
	/** The command line that starts Azurite, or `off` where the storage emulator is somebody else's business. */
	readonly azurite?: string;
	/** Code of a problem to how severe it is here. */
	readonly severity: Severities;
	/** The file with the values that are laid over the configurations, and that source control does not see. */
	readonly secrets?: string;
}

/** A disk image of a VM role: a file that is there is looked at, of any other only the size is known that is said. */
export interface DiskImage {
	readonly file: string;
	readonly sizeInGB?: number;
}

/** Paths are relative to the folder of the file; the build command runs there. */
export interface RoleSettings {
	/** A folder with what is run: already built, or made by `build`. */
	readonly code?: string;
	/** The .NET project that is built and run. */
	readonly project?: string;
	readonly build?: string;
	/** A command line that is run in place of the entry point of the definition. */
	readonly run?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** What happens, by the command lines of startup tasks, with one that cannot run on this system. */
	readonly tasks?: Readonly<Record<string, TaskChoice>>;
	/** What the client of the runtime protocol opens, off Windows. */
	readonly channel?: 'socket' | 'fifo';
	/** The chain of disk images of a VM role, the base first. */
	readonly images?: readonly DiskImage[];
	/** Whether a JavaScript file is a program, or a module that our own host loads. */
	readonly host?: 'program' | 'module';
	/** The command line that serves the site, or by the names of sites and applications: `Web`, `Web/shop`. */
	readonly site?: string | Readonly<Record<string, string>>;
	/** The files of the certificates that https endpoints show, by their names in the definition. */
	readonly certificates?: Readonly<Record<string, CertificateSettings>>;
	/** What runs an assembly that is made for .NET Framework. */
	readonly runtime?: 'dotnet' | 'mono' | 'framework';
}

/** A certificate with its key: a .pfx, or PEM. */
export interface CertificateSettings {
	readonly file: string;
	/** Where the key is not in the same file. */
	readonly key?: string;
	readonly password?: string;
	/** The environment variable that holds the password. */
	readonly passwordVariable?: string;
}

export const emptyRolewrightFile: RolewrightFile = { roles: {}, severity: {} };

/** Throws a `Failure` that names the file, the property and what may stand there. */
export function readRolewrightFile(path: string, text: string): RolewrightFile {
	const content = record(path, 'The file', readCommentedJson(path, text));
	onlyNames(path, 'The file', content, [
		'$schema',
		'roles',
		'platform',
		'severity',
		'azurite',
		'secrets',
		'accessControls',
	]);
	const platform = optional(content.platform, value => choice(path, "'platform'", value, ['classic', 'extended']));
	return {
		roles: entries(path, "'roles'", content.roles, (role, value) => readRole(path, `'roles.${role}'`, value)),
		...(platform && { platform }),
		...optional(content.accessControls, entry => readAccessControls(path, entry)),
		...optional(content.secrets, entry => ({ secrets: fileBeside(path, "'secrets'", entry) })),
		...optional(content.azurite, entry => ({ azurite: nonEmptyText(path, "'azurite'", entry) })),
		severity: entries(path, "'severity'", content.severity, (code, value) =>
			choice(path, `'severity.${code}'`, value, severityChoices),
		),
	};
}

function readRole(path: string, place: string, value: unknown): RoleSettings {
	const role = record(path, place, value);
	onlyNames(path, place, role, [
		'code',
		'project',
		'build',
		'run',
		'environment',
		'host',
		'runtime',
		'site',
		'tasks',
		'channel',
		'images',
		'certificates',
	]);
	if (role.project !== undefined && (role.code !== undefined || role.build !== undefined)) {
		throw new Failure(
			`${path}: ${place} names a 'project', which is built as it is; leave out 'code' and 'build', or the project.`,
		);
	}
	const inside = (name: string) => `${place.slice(0, -1)}.${name}'`;
	const line = (name: 'code' | 'project' | 'build' | 'run') =>
		optional(role[name], entry => ({ [name]: nonEmptyText(path, inside(name), entry) }));
	const host = optional(role.host, entry => choice(path, inside('host'), entry, ['program', 'module']));
	const site = optional(role.site, entry => readSite(path, inside('site'), entry));
	const runtime = optional(role.runtime, entry =>
		choice(path, inside('runtime'), entry, ['dotnet', 'mono', 'framework']),
	);
	const environment = optional(role.environment, entry =>
		entries(path, inside('environment'), entry, (name, text) => anyText(path, inside(`environment.${name}`), text)),
	);
	return {
		...line('code'),
		...line('project'),
		...line('build'),
		...line('run'),
		...(environment && { environment }),
		...(host && { host }),
		...optional(role.tasks, entry => ({
			tasks: entries(path, inside('tasks'), entry, (line, value) =>
				readTaskChoice(path, inside(`tasks.${line}`), value),
			),
		})),
		...optional(role.channel, entry => ({ channel: choice(path, inside('channel'), entry, ['socket', 'fifo']) })),
		...optional(role.images, entry => ({ images: readImages(path, inside('images'), entry) })),
		...optional(role.certificates, entry => ({
			certificates: entries(path, inside('certificates'), entry, (name, value) =>
				readCertificate(path, inside(`certificates.${name}`), value),
			),
		})),
		...(runtime && { runtime }),
		...(site !== undefined && { site }),
	};
}

function readAccessControls(path: string, value: unknown): Pick<RolewrightFile, 'accessControls'> {
	if (typeof value === 'boolean') {
		return value ? { accessControls: { clients: {} } } : {};
	}
	const content = record(path, "'accessControls'", value);
	onlyNames(path, "'accessControls'", content, ['clients']);
	const address = (place: string, entry: unknown): string => {
		const text = nonEmptyText(path, place, entry);
		if (!isAddress(text)) {
			throw new Failure(`${path}: ${place} must be an address of IPv4, such as 203.0.113.7.`);
		}
		return text;
	};
	const clients = entries(path, "'accessControls.clients'", content.clients, (from, to) => {
		if (!from.startsWith('127.') || !isAddress(from)) {
			throw new Failure(
				`${path}: 'accessControls.clients' has '${from}', which is no loopback address: write 127.0.0.2 or another of 127.0.0.0/8.`,
			);
		}
		return address(`'accessControls.clients.${from}'`, to);
	});
	return { accessControls: { clients } };
}

function readSite(path: string, place: string, value: unknown): string | Readonly<Record<string, string>> {
	if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) {
		throw new Failure(`${path}: ${place} must be a command line, or command lines by the names of the sites.`);
	}
	return typeof value === 'string'
		? nonEmptyText(path, place, value)
		: entries(path, place, value, (name, text) => nonEmptyText(path, `${place.slice(0, -1)}.${name}'`, text));
}

function readTaskChoice(path: string, place: string, value: unknown): TaskChoice {
	if (value === 'skip' || value === 'fail') {
		return value;
	}
	if (typeof value !== 'object') {
		throw new Failure(`${path}: ${place} must be "skip", "fail" or {"run": "COMMAND"}.`);
	}
	const content = record(path, place, value);
	onlyNames(path, place, content, ['run']);
	return { run: nonEmptyText(path, `${place.slice(0, -1)}.run'`, content.run) };
}

function readCertificate(path: string, place: string, value: unknown): CertificateSettings {
	if (typeof value === 'string') {
		return { file: nonEmptyText(path, place, value) };
	}
	const content = record(path, place, value);
	onlyNames(path, place, content, ['file', 'key', 'password', 'passwordVariable']);
	const inside = (name: string) => `${place.slice(0, -1)}.${name}'`;
	const text = (name: 'key' | 'passwordVariable') =>
		optional(content[name], entry => ({ [name]: nonEmptyText(path, inside(name), entry) }));
	return {
		file: nonEmptyText(path, inside('file'), content.file),
		...text('key'),
		...text('passwordVariable'),
		...optional(content.password, entry => ({ password: anyText(path, inside('password'), entry) })),
	};
}

function readImages(path: string, place: string, value: unknown): readonly DiskImage[] {
	if (!Array.isArray(value) || value.length === 0) {
		throw new Failure(`${path}: ${place} must be a list of disk images, the base first.`);
	}
	return value.map((item: unknown, index) => {
		const at = `${place.slice(0, -1)}.${index}'`;
		const image = record(path, at, item);
		onlyNames(path, at, image, ['file', 'sizeInGB']);
		const { sizeInGB } = image;
		if (sizeInGB !== undefined && !(typeof sizeInGB === 'number' && sizeInGB > 0)) {
			throw new Failure(`${path}: ${at.slice(0, -1)}.sizeInGB' must be a number above 0.`);
		}
		const file = nonEmptyText(path, `${at.slice(0, -1)}.file'`, image.file);
		return { file, ...(sizeInGB !== undefined && { sizeInGB }) };
	});
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
	return value === undefined ? undefined : read(value);
}

function record(path: string, place: string, value: unknown): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Failure(`${path}: ${place} must be an object.`);
	}
	return Object.fromEntries(Object.entries(value));
}

function entries<T>(
	path: string,
	place: string,
	value: unknown,
	read: (name: string, value: unknown) => T,
): Readonly<Record<string, T>> {
	const found = value === undefined ? {} : record(path, place, value);
	return Object.fromEntries(Object.entries(found).map(([name, entry]) => [name, read(name, entry)]));
}

function choice<const T extends string>(path: string, place: string, value: unknown, allowed: readonly T[]): T {
	const found = allowed.find(one => one === value);
	if (found === undefined) {
		throw new Failure(`${path}: ${place} must be one of ${allowed.map(one => `"${one}"`).join(', ')}.`);
	}
	return found;
}

function anyText(path: string, place: string, value: unknown): string {
	if (typeof value !== 'string') {
		throw new Failure(`${path}: ${place} must be a text.`);
	}
	return value;
}

function nonEmptyText(path: string, place: string, value: unknown): string {
	const text = anyText(path, place, value);
	if (text.trim() === '') {
		throw new Failure(`${path}: ${place} is empty; write a value, or leave it out.`);
	}
	return text;
}

function fileBeside(path: string, place: string, value: unknown): string {
	const name = nonEmptyText(path, place, value);
	if (/[\\/:]|^\.\.?$/.test(name)) {
		throw new Failure(`${path}: ${place} must be the name of a file in the same folder.`);
	}
	return name;
}

function onlyNames(path: string, place: string, value: Readonly<Record<string, unknown>>, names: readonly string[]) {
	const unknown = Object.keys(value).find(name => !names.includes(name));
	if (unknown !== undefined) {
		throw new Failure(`${path}: ${place} has no property '${unknown}'; the properties are ${names.join(', ')}.`);
	}
}
