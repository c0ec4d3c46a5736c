import path from 'node:path';
import { Failure } from '../base/failure';
import { textOnDisk } from '../runner/codeOnDisk';
import { planRole } from '../scaffold/addRole';
import { planService } from '../scaffold/newService';
import { type Part, planPart } from '../scaffold/part';
import { parts } from '../scaffold/parts';
import type { Plan } from '../scaffold/plan';
import { nameProblem } from '../scaffold/roleName';
import { noSurroundings } from '../scaffold/surroundings';
import { readArguments } from './arguments';
import { carryOut } from './carryOut';
import { editorFolder } from './editorFolder';
import type { Io } from './io';
import { refuse, roleAnswers, roleOptions, textOf, type Values } from './roleAnswers';
import { serviceAt } from './serviceAt';

const help = `rolewright new service NAME [--folder DIR]
rolewright new worker-role NAME --language csharp|fsharp|vb [--framework net8.0|net48]
rolewright new worker-role NAME --language javascript|typescript|python
rolewright new worker-role NAME --language program [--command "COMMAND LINE"]
rolewright new web-role NAME --kind aspnetcore|node|static
rolewright new vm-role NAME
    with [--instances N]

rolewright new endpoint NAME --role ROLE [--kind input|internal|instance-input] [--protocol P]
                [--port N] [--local-port N] [--public-ports MIN-MAX] [--certificate NAME]
                [--probe NAME] [--site NAME]
rolewright new setting NAME --role ROLE [--value TEXT]
rolewright new local-storage NAME --role ROLE [--size MB] [--clean-on-recycle true|false]
rolewright new certificate NAME --role ROLE [--thumbprint T] [--store-location L]
                [--store-name S] [--permission-level limitedOrElevated|elevated]
rolewright new startup-task NAME --role ROLE [--task-type simple|background|foreground]
                [--execution-context limited|elevated]
rolewright new probe NAME --role ROLE [--endpoint NAME] [--protocol http|tcp] [--path P]
                [--port N] [--interval SECONDS] [--timeout SECONDS]
rolewright new site NAME --role ROLE [--directory DIR] [--endpoint NAME] [--host-header HOST]
rolewright new virtual-application NAME --role ROLE [--site NAME] [--directory DIR]
rolewright new internal-traffic-rule ENDPOINT --role ROLE [--from ROLE,ROLE|all]
rolewright new import MODULE --role ROLE

Makes a service (in DIR, or a folder of its name), or adds to the service of the current
folder: a role with its folder, its declaration and its entry in every configuration, or a
part of a role. What is left out is taken as the editor would propose it. Nothing is
overwritten.

  --service DIR   the service, where it is not that of the current folder
  --launch        also writes launch.json and tasks.json of the editor, into those that are there
  --dry-run       only shows what would be done
`;

const ownOptions = ['folder', 'service', 'role', 'language', 'framework', 'command', 'kind', 'instances'] as const;
const partOptions = Object.values(parts).flatMap(part => part.questions.map(({ key }) => key));
const options = {
	...Object.fromEntries([...ownOptions, ...partOptions].map(name => [name, { type: 'string' }] as const)),
	'dry-run': { type: 'boolean' },
	launch: { type: 'boolean' },
	help: { type: 'boolean', short: 'h' },
} as const;

/** `rolewright new` (interfaces.md 1.4). Throws a `Failure` where it cannot be done; nothing is written then. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const parsed = readArguments({ args: [...argv], allowPositionals: true, options });
	const values: Values = parsed.values;
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const [what, name, ...rest] = parsed.positionals;
	if (what === undefined || name === undefined || rest.length > 0) {
		throw new Failure(
			'Say what to make and its name, for example: rolewright new worker-role Worker --language csharp.',
		);
	}
	carryOut(planFor(what, name, values, io.cwd), values['dry-run'] === true, io);
	return 0;
}

function planFor(what: string, name: string, values: Values, cwd: string): Plan {
	if (what === 'service') {
		refuseOthers(values, ['folder', 'launch'], what);
		return servicePlan(name, path.resolve(cwd, textOf(values.folder) ?? name), values.launch === true);
	}
	const place = path.resolve(cwd, textOf(values.service) ?? '.');
	const told = Object.hasOwn(roleOptions, what) ? roleOptions[what] : undefined;
	if (told) {
		refuseOthers(values, ['service', 'launch', ...told], what);
		// What was asked is judged before the disk is.
		const answers = roleAnswers(what, name, values);
		const { service, surroundings } = serviceAt(place, values.launch === true);
		return planRole(service, answers, surroundings);
	}
	const part = Object.hasOwn(parts, what) ? parts[what] : undefined;
	if (part) {
		return partPlan(part, name, values, place);
	}
	const things = ['service', ...Object.keys(roleOptions), ...Object.keys(parts)].join(', ');
	throw new Failure(`There is nothing called '${what}' to make: use ${things}.`);
}

function partPlan(part: Part, name: string, values: Values, place: string): Plan {
	const keys = part.questions.map(({ key }) => key).filter(key => key !== 'name');
	refuseOthers(values, ['service', 'role', ...keys], part.what);
	const role = textOf(values.role);
	if (role === undefined) {
		throw new Failure('Say which role gets it: --role ROLE.');
	}
	const { service, surroundings } = serviceAt(place, false);
	const given = keys.flatMap(key => {
		const value = textOf(values[key]);
		return value === undefined ? [] : [[key, value] as const];
	});
	return planPart(part, service, role, { ...Object.fromEntries(given), name }, surroundings);
}

function servicePlan(name: string, folder: string, wantsEditorFiles: boolean): Plan {
	const problem = nameProblem('service', name);
	if (problem) {
		throw new Failure(problem);
	}
	return planService(
		name,
		folder,
		wantsEditorFiles ? { ...noSurroundings, text: textOnDisk, editorFolder: editorFolder(folder) } : noSurroundings,
	);
}

function refuseOthers(values: Values, allowed: readonly string[], what: string): void {
	const always = ['dry-run', 'help', ...allowed];
	const others = Object.keys(options).filter(name => !always.includes(name));
	refuse(values, others, what);
}
