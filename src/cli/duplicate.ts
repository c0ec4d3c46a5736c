import { planDuplicateRole } from '../scaffold/duplicateRole';
import { changeRole, type RoleCommand } from './changeRole';
import type { Io } from './io';

const command: RoleCommand = {
	usage: 'duplicate role NAME NEWNAME',
	help: `rolewright duplicate role NAME NEWNAME [--service DIR] [--dry-run]

Makes a second role like one that there is, in the definition, in every configuration, in the
.ccproj that lists it and in rolewright.json: the same code, with public ports of its own.
`,
	names: 2,
	plan: ({ service, surroundings }, [name = '', newName = '']) =>
		planDuplicateRole(service, name, newName, surroundings),
};

export function run(argv: readonly string[], io: Io): Promise<number> {
	return changeRole(command, argv, io);
}
