/**
 * The environment of a child: the fabric's own without the variables by which an editor talks to its own processes, and
 * over it the given ones. On Windows `Path` and `PATH` are one name. `undefined` takes a variable away.
 */
export function childEnvironment(
	...layers: readonly Readonly<Record<string, string | undefined>>[]
): NodeJS.ProcessEnv {
	const environment: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (!/^(ELECTRON_|VSCODE_)/i.test(name)) {
			environment[name] = value;
		}
	}
	for (const [name, value] of layers.flatMap(layer => Object.entries(layer))) {
		for (const other of Object.keys(environment)) {
			if (other === name || (process.platform === 'win32' && other.toUpperCase() === name.toUpperCase())) {
				delete environment[other];
			}
		}
		if (value !== undefined) {
			environment[name] = value;
		}
	}
	return environment;
}
