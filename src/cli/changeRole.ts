import path from 'node:path';
import { Failure } from '../base/failure';
import type { Plan } from '../scaffold/plan';
import { readArguments } from './arguments';
import { carryOut } from './carryOut';
import type { Io } from './io';
import { type ServiceAt, serviceAt } from './serviceAt';

/** A command about a role that exists, such as `rolewright remove role NAME`. */
export interface RoleCommand {
	readonly help: string;
	/** What stands behind the command, in words: `role NAME`. */
	readonly usage: string;
	readonly names: number;
	plan(at: ServiceAt, names: readonly string[]): Plan;
}

export async function changeRole(command: RoleCommand, argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			service: { type: 'string' },
			'dry-run': { type: 'boolean' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(command.help);
		return 0;
	}
	const [what, ...names] = positionals;
	if (what !== 'role' || names.length !== command.names) {
		throw new Failure(`Write it as: rolewright ${command.usage}.`);
	}
	const at = serviceAt(path.resolve(io.cwd, values.service ?? '.'), false);
	carryOut(command.plan(at, names), values['dry-run'] === true, io);
	return 0;
}
