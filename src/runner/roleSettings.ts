import { Failure } from '../base/failure';
import type { TaskChoice } from '../node/hosts/taskChoices';
import { anyText, choice, entries, nonEmptyText, onlyNames, optional, record } from './jsonValues';

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

export function readRole(path: string, place: string, value: unknown): RoleSettings {
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
