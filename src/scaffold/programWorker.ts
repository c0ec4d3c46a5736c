import { type RoleTemplate, workerElement } from './roleTemplate';

/** Any program: what it is made of is the author's to bring. */
export function programWorker(name: string, commandLine: string): RoleTemplate {
	return {
		files: [{ path: 'README.md', text: readmeText(name, commandLine) }],
		role: workerElement(name, commandLine),
		notes: [`Put what '${commandLine}' needs into the folder '${name}': each instance runs in a copy of it.`],
	};
}

/** Why this cannot be the command line of an entry point, in a sentence; `undefined` where it can (csdef.md 1: NonEmpty). */
export function commandLineProblem(commandLine: string): string | undefined {
	if (commandLine.trim() === '') {
		return 'Give the command line that starts the program, such as: worker.exe --serve.';
	}
	if (commandLine.length > 256) {
		return 'A command line has at most 256 characters; put what is longer into a script.';
	}
	return /[\r\n]/.test(commandLine) ? 'A command line is one line.' : undefined;
}

function readmeText(name: string, commandLine: string): string {
	return `# ${name}

Each instance of this role runs in a copy of this folder and starts there:

    ${commandLine}

- Put the program and everything that it needs into this folder, or name another one as \`roles.${name}.code\` in \`rolewright.json\`, with a \`build\` command where it has to be made.
- The instance is Ready as soon as the program runs, and is recycled when it ends.
- It is asked to end before it is killed: by SIGTERM on macOS and Linux.
- A program that has to be started in another way on this machine than on Azure gets its own command as \`roles.${name}.run\` in \`rolewright.json\`.
`;
}
