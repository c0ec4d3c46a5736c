import { planRemoveRole } from '../scaffold/removeRole';
import { changeRole, type RoleCommand } from './changeRole';
import type { Io } from './io';

const command: RoleCommand = {
	usage: 'remove role NAME',
	help: `rolewright remove role NAME [--service DIR] [--dry-run]

Takes a role out of the definition, of every configuration, of the .ccproj that lists it and
of rolewright.json, with everything that names it there. The folder of its code stays.
`,
	names: 1,
	plan: ({ service, surroundings }, [name = '']) => planRemoveRole(service, name, surroundings),
};

export function run(argv: readonly string[], io: Io): Promise<number> {
	return changeRole(command, argv, io);
}
