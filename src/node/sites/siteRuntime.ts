import { existsSync, readFileSync } from 'node:fs';
import type { Disposable } from '../../base/emitter';
import type { CallName, RoleError } from '../../lifecycle/journal/journal';
import type { RoleEnvironment } from '../../lifecycle/roleEnvironment';
import type { FromSites, SitesAsked, SitesTold } from '../../lifecycle/siteHost';
import type { HostChannel, HostConnection } from '../hosts/hostChannel';
import { hostMessage } from '../hosts/hostMessages';

/** How a .NET process that serves a site comes to its role environment. */
export interface SiteHook {
	readonly channel: HostChannel;
	/** The assembly that the runtime calls before the program of the site: our C# host. */
	readonly assembly: string;
}

/**
 * The role environment in a process of a site, as far as that asks for it: nothing is sent to one that never did
 * (service-runtime-api.md 3: the events fire in the worker process of IIS too).
 */
export interface SiteRuntime extends Disposable {
	/** What the process is started with. */
	readonly variables: Readonly<Record<string, string>>;
	/** True when a handler cancels the change; undefined where nobody hears of it. */
	ask(message: SitesAsked): Promise<boolean> | undefined;
	tell(message: SitesTold): void;
	checkStatus(): void;
	/** Resolves when its handlers have heard that the instance stops; undefined where nobody hears of it. */
	stopping(): Promise<void> | undefined;
}

const hooksVariable = 'DOTNET_STARTUP_HOOKS';

/** `name`: the site, for sentences. */
export async function openSiteRuntime(
	{ channel, assembly }: SiteHook,
	name: string,
	environment: () => RoleEnvironment,
	heard: (message: FromSites) => void,
): Promise<SiteRuntime> {
	let connection: HostConnection | undefined;
	const waiting = new Map<CallName, (result: unknown) => void>();
	const settleAll = (): void => {
		connection = undefined;
		for (const settle of [...waiting.values()]) {
			settle(undefined);
		}
	};
	const expected = await channel.expect({
		connected: (_, from) => {
			connection = from;
			from.send({ type: 'life', environment: environment() });
		},
		message: said => {
			const message = hostMessage(said);
			if (message?.type === 'call' && message.phase === 'end') {
				if (message.error) {
					heard({ type: 'error', text: handlerFailed(message.call, name, message.error) });
				}
				waiting.get(message.call)?.(message.result);
			} else if (message && isForTheFabric(message)) {
				heard(message);
			}
		},
		garbage: () => {},
		closed: settleAll,
		refused: () => heard({ type: 'error', text: `The site '${name}' has a host of another version of Rolewright.` }),
	});
	const answerTo = (call: CallName, message: object): Promise<unknown> | undefined => {
		const to = connection;
		return (
			to &&
			new Promise(resolve => {
				waiting.set(call, result => {
					waiting.delete(call);
					resolve(result);
				});
				to.send(message);
			})
		);
	};
	const others = process.env[hooksVariable];
	const separator = process.platform === 'win32' ? ';' : ':';
	return {
		variables: { ...expected.variables, [hooksVariable]: others ? `${assembly}${separator}${others}` : assembly },
		ask: message => {
			const call = message.type === 'changing' ? 'Changing' : 'SimultaneousChanging';
			return answerTo(call, message)?.then(result => {
				const cancelled = isCancelled(result);
				if (cancelled) {
					heard({
						type: 'note',
						text: `The site '${name}' has cancelled the change, so the instance restarts with it.`,
					});
				}
				return cancelled;
			});
		},
		tell: message => connection?.send(message),
		checkStatus: () => connection?.send({ type: 'checkStatus' }),
		stopping: () => answerTo('Stopping', { type: 'stop', raiseStopping: true })?.then(() => {}),
		dispose: () => {
			expected.dispose();
			settleAll();
		},
	};
}

/**
 * True where the runtime of an assembly can load the hook, which is made for .NET 8; another runtime would end the process
 * on it. `configuration`: the path of its `.runtimeconfig.json`.
 */
export function takesHook(configuration: string, assembly: string): boolean {
	try {
		const { runtimeOptions } = JSON.parse(readFileSync(configuration, 'utf8')) as RuntimeConfiguration;
		const { framework, frameworks = framework ? [framework] : [] } = runtimeOptions ?? {};
		const versions = frameworks.map(({ version = '' }) => Number.parseInt(version, 10));
		return versions.length > 0 && versions.every(version => version >= 8) && existsSync(assembly);
	} catch {
		return false;
	}
}

interface RuntimeConfiguration {
	readonly runtimeOptions?: {
		readonly framework?: { readonly version?: string };
		readonly frameworks?: readonly { readonly version?: string }[];
	};
}

type ForTheFabric = Extract<FromSites, { readonly type: 'output' | 'status' | 'requestRecycle' | 'note' }>;

function isForTheFabric(message: { readonly type: string }): message is ForTheFabric {
	return ['output', 'status', 'requestRecycle', 'note'].includes(message.type);
}

function handlerFailed(call: CallName, name: string, { type, message, file, line }: RoleError): string {
	const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
	return `The ${call} handler of the site '${name}' threw ${type}: ${message}${place}`;
}

function isCancelled(result: unknown): boolean {
	return typeof result === 'object' && result !== null && 'cancel' in result && result.cancel === true;
}
