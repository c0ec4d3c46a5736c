import type { ChildSession } from './childSession';
import type { DotnetDebugger } from './dotnetDebuggers';

/** The configuration of a child session, as an editor takes it. */
export interface AttachConfiguration {
	readonly type: string;
	readonly request: 'attach';
	readonly name: string;
	readonly [field: string]: unknown;
}

/** The debug type of ours that drives a debugger program. */
export const ownDotnetType = 'rolewright-dotnet';

/**
 * Milliseconds for which the debugger of JavaScript knocks at a door that is closed, even when it is not wanted any more:
 * ours is open before it is told of it.
 */
const nodeTimeout = 5_000;

/** How to attach to the process of a child; undefined where that takes a .NET debugger and there is none. */
export function attachConfiguration(
	{ name, target, code }: ChildSession,
	dotnet: DotnetDebugger | undefined,
): AttachConfiguration | undefined {
	switch (target.kind) {
		case 'node': {
			const { address, port } = target;
			return {
				...{ type: 'node', request: 'attach', name: `${name}: JavaScript`, address, port, timeout: nodeTimeout },
				...{ continueOnAttach: true, ...nodePlaces(code) },
			};
		}
		case 'python': {
			const { address: host, port } = target;
			const pathMappings = code && [{ localRoot: code.original, remoteRoot: code.copy }];
			return {
				type: 'debugpy',
				request: 'attach',
				name: `${name}: Python`,
				connect: { host, port },
				...(code && { pathMappings }),
			};
		}
		case 'java': {
			const { address: hostName, port } = target;
			return {
				type: 'java',
				request: 'attach',
				name: `${name}: Java`,
				hostName,
				port,
				...(code && { sourcePaths: [code.original] }),
			};
		}
		case 'dotnet':
			return (
				dotnet && {
					type: dotnet.kind === 'executable' ? ownDotnetType : dotnet.type,
					request: 'attach',
					name: `${name}: .NET`,
					processId: target.processId,
				}
			);
	}
}

/** The extension that brings a type of debugger which VS Code does not have from the beginning. */
export const debuggerExtensions: Readonly<Record<string, string>> = {
	debugpy: 'Python Debugger (ms-python.debugpy)',
	java: 'Debugger for Java (vscjava.vscode-java-debug)',
};

/**
 * An instance runs a copy of its role's code; the editor shows and breaks in what was copied. (.NET needs nothing of the
 * kind: its symbols name the sources.) Nobody wants to step into the host.
 */
function nodePlaces(code: ChildSession['code']): object {
	return {
		skipFiles: ['<node_internals>/**', '**/dist/role-host.js'],
		...(code && { localRoot: code.original, remoteRoot: code.copy }),
	};
}
