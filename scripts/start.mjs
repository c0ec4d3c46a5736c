// npm start
// Installs, builds, and opens VS Code with the extension and the sample service: press F5 there, or take the tour of five
// minutes: a recycle, a cancelled change and a reimage. Where `code` is not on the path it is the VS Code from the npm
// registry, served on 127.0.0.1 until Ctrl+C.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { mustRun, root, run } from './command.mjs';
import { installDependencies } from './dependencies.mjs';
import { sampleFolder } from './sample.mjs';

await installDependencies();
await mustRun(process.execPath, ['scripts/build.mjs']);

const sample = sampleFolder();
// The definition is open: F5 on it needs no launch.json.
const definition = path.join(sample, 'ServiceDefinition.csdef');
const tour = 'F5 debugs it; F1 and "Rolewright: Five-Minute Tour" shows a recycle, a cancelled change and a reimage.';
const desktop = process.env.VSCODE_EXECUTABLE ?? findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
if (desktop) {
	const args = [`--extensionDevelopmentPath=${root}`, sample, definition];
	const shell = process.platform === 'win32';
	console.log(`VS Code opens with the sample service. ${tour}`);
	process.exitCode = await run(shell ? `"${desktop}"` : desktop, shell ? args.map(text => `"${text}"`) : args, {
		shell,
	});
} else {
	await serve();
}

async function serve() {
	const { remoteUri, startServer, windowAddress } = await import('./editor/server.mjs');
	const server = await startServer({ extensions: [root] });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.once(signal, () => server.stop());
	}
	console.log(`VS Code with Rolewright and its sample service; Ctrl+C ends it. ${tour} Open this address:`);
	console.log(windowAddress(server, sample, [['openFile', remoteUri(server, definition)]]));
	await server.exited;
}

function findOnPath(program) {
	const folders = (process.env.PATH ?? process.env.Path ?? '').split(path.delimiter).filter(path.isAbsolute);
	return folders.map(folder => path.join(folder, program)).find(isExecutable);
}

function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
