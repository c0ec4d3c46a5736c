import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { Documents } from '../language/documents';
import type { Service } from '../model/service';
import { filesIn, readText } from '../node/serviceFiles';
import { planWorkerRole, type WorkerRoleAnswers } from '../scaffold/addRole';
import { planService } from '../scaffold/newService';
import type { Plan } from '../scaffold/plan';
import { nameProblem } from '../scaffold/roleName';
import type { Io } from './io';
import { applyPlan, type PlanFiles, prepare } from './planFiles';

const help = `rolewright new service NAME [--folder DIR]
rolewright new worker-role NAME --language csharp|javascript [--framework net8.0|net48]
                                [--instances N] [--service DIR]

Makes a service (in DIR, or a folder of its name), or adds a role to the service in
DIR (or the current folder): its folder, its declaration, and its entry in every
configuration. Nothing is overwritten. --dry-run only shows what would be done.
`;

const options = {
	folder: { type: 'string' },
	service: { type: 'string' },
	language: { type: 'string' },
	framework: { type: 'string' },
	instances: { type: 'string' },
	'dry-run': { type: 'boolean' },
	help: { type: 'boolean', short: 'h' },
} as const;

type Values = { readonly [K in keyof typeof options]?: string | boolean };

/** `rolewright new` (interfaces.md 1.4). Throws a `Failure` where it cannot be done; nothing is written then. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options });
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const [what, name, ...rest] = positionals;
	if (what === undefined || name === undefined || rest.length > 0) {
		throw new Failure(
			'Say what to make and its name, for example: rolewright new worker-role Worker --language csharp.',
		);
	}
	const files = prepare(planFor(what, name, values, io.cwd));
	io.stdout.write(report(files, io.cwd, values['dry-run'] === true));
	if (!values['dry-run']) {
		applyPlan(files);
	}
	return 0;
}

function planFor(what: string, name: string, values: Values, cwd: string): Plan {
	switch (what) {
		case 'service':
			refuse(values, ['service', 'language', 'framework', 'instances'], what);
			return servicePlan(name, path.resolve(cwd, text(values.folder) ?? name));
		case 'worker-role': {
			refuse(values, ['folder'], what);
			// What was asked is judged before the disk is.
			const asked = answers(name, values);
			return planWorkerRole(serviceIn(path.resolve(cwd, text(values.service) ?? '.')), asked);
		}
		case 'web-role':
		case 'vm-role':
			throw new Failure(`A ${what} cannot be made yet; use worker-role.`);
		default:
			throw new Failure(`There is nothing called '${what}' to make: use service or worker-role.`);
	}
}

function servicePlan(name: string, folder: string): Plan {
	const problem = nameProblem('service', name);
	if (problem) {
		throw new Failure(problem);
	}
	return planService(name, folder);
}

function answers(name: string, values: Values): WorkerRoleAnswers {
	const language = text(values.language);
	const instances = instanceCount(text(values.instances));
	switch (language) {
		case 'csharp':
			return { name, instances, language, framework: frameworkOf(text(values.framework) ?? 'net8.0') };
		case 'javascript':
			refuse(values, ['framework'], 'worker-role in javascript');
			return { name, instances, language };
		case undefined:
			throw new Failure('Say in which language the role is to be written: --language csharp or --language javascript.');
		case 'fsharp':
		case 'vb':
		case 'typescript':
		case 'python':
		case 'program':
			throw new Failure(`A worker role in '${language}' cannot be made yet; use --language csharp or javascript.`);
		default:
			throw new Failure(`There is no language '${language}'; use --language csharp or javascript.`);
	}
}

function frameworkOf(framework: string): 'net8.0' | 'net48' {
	if (framework !== 'net8.0' && framework !== 'net48') {
		throw new Failure(`There is no framework '${framework}' for a role; use --framework net8.0 or net48.`);
	}
	return framework;
}

function instanceCount(given: string | undefined): number {
	const count = Number(given ?? 1);
	if (!Number.isInteger(count) || count < 1 || !/^\d*$/.test(given ?? '')) {
		throw new Failure(`'${given}' is no number of instances; use 1 or more.`);
	}
	return count;
}

/** An option that does nothing here was meant for something else. */
function refuse(values: Values, names: readonly (keyof Values)[], what: string): void {
	const unused = names.find(name => values[name] !== undefined);
	if (unused) {
		throw new Failure(`--${unused} does not go with ${what}; leave it out.`);
	}
}

function text(value: string | boolean | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** The service in a folder, or the one of a definition that is named itself. */
function serviceIn(place: string): Service {
	const isFile = statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
	const folder = isFile ? path.dirname(place) : place;
	const documents = new Documents();
	for (const file of filesIn(folder).filter(each => /\.(csdef|cscfg|ccproj)$/i.test(each))) {
		documents.set(file, readText(file));
	}
	const found = documents.pairs().filter(({ definition }) => {
		return definition !== undefined && (isFile ? definition === place : !/\.build\.csdef$/i.test(definition));
	});
	const usual = found.find(
		({ definition }) => path.basename(definition ?? '').toLowerCase() === 'servicedefinition.csdef',
	);
	const pair = usual ?? (found.length === 1 ? found[0] : undefined);
	if (pair) {
		return documents.service(pair);
	}
	throw new Failure(
		found.length === 0 || !existsSync(folder)
			? `There is no service definition in '${folder}'; make one with 'rolewright new service NAME', or name its folder with --service.`
			: `There are several service definitions in '${folder}'; name one of them with --service.`,
	);
}

function report({ created, changed }: PlanFiles, cwd: string, dryRun: boolean): string {
	const shown = (file: string) => path.relative(cwd, file) || file;
	const lines = (added: string) =>
		dryRun
			? added
					.replace(/^\r?\n/, '')
					.trimEnd()
					.split(/\r?\n/)
					.map(line => `  + ${line}\n`)
			: [];
	return [
		...created.flatMap(file => [`create ${shown(file.path)}\n`, ...lines(file.text)]),
		...changed.flatMap(file => [`edit ${shown(file.path)}\n`, ...file.edits.flatMap(edit => lines(edit.text))]),
	].join('');
}
