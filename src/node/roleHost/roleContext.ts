import type {
	ChangeEvent,
	ChangingEvent,
	Role,
	RoleContext,
	RoleEndpoint,
	RoleInstance,
	StatusCheckEvent,
} from '../../../types/rolewright-role';
import { Failure } from '../../base/failure';
import type { EndpointView, InstanceView, RoleEnvironment } from '../../lifecycle/roleEnvironment';

export interface RoleEvents {
	changing: ChangingEvent;
	changed: ChangeEvent;
	simultaneousChanging: ChangeEvent;
	simultaneousChanged: ChangeEvent;
	stopping: undefined;
	statusCheck: StatusCheckEvent;
}

type Handler = (event: never) => unknown;

export interface ContextHolder {
	readonly context: RoleContext;
	/** From now on the role reads these values. */
	apply(environment: RoleEnvironment): void;
	/** Calls the handlers one after the other, as they were added, and waits for those that are asynchronous. */
	raise<Name extends keyof RoleEvents>(name: Name, event: RoleEvents[Name]): Promise<void>;
	/** The same for handlers that must answer at once. */
	raiseAtOnce<Name extends keyof RoleEvents>(name: Name, event: RoleEvents[Name]): void;
}

/** The object that the role's functions get: getters over the environment that is in force. */
export function roleContext(first: RoleEnvironment, ask: { requestRecycle(): void; setBusy(): void }): ContextHolder {
	let environment = first;
	const handlers: { readonly name: string; readonly handler: Handler }[] = [];
	const context: RoleContext = {
		get deploymentId() {
			return environment.deploymentId;
		},
		get emulated() {
			return environment.emulated;
		},
		get roleName() {
			return environment.roleName;
		},
		get instance() {
			return ownInstance(environment);
		},
		get settings() {
			return environment.settings;
		},
		get endpoints() {
			return ownInstance(environment).endpoints;
		},
		get roles() {
			return byName(environment.roles.map(role => ({ name: role.name, instances: role.instances.map(instanceOf) })));
		},
		localResource: name => {
			const resource = environment.localResources.find(each => each.name === name);
			if (!resource) {
				throw new Failure(`The role has no local resource '${name}'; declare it in the service definition.`);
			}
			return resource;
		},
		on: (name: keyof RoleEvents, handler: Handler) => {
			const subscription = { name, handler };
			handlers.push(subscription);
			return {
				dispose: () => {
					const index = handlers.indexOf(subscription);
					if (index >= 0) {
						handlers.splice(index, 1);
					}
				},
			};
		},
		requestRecycle: ask.requestRecycle,
		setBusy: ask.setBusy,
	};
	const of = (name: string): readonly Handler[] =>
		handlers.filter(each => each.name === name).map(each => each.handler);
	return {
		context,
		apply: changed => {
			environment = changed;
		},
		raise: async (name, event) => {
			for (const handler of of(name)) {
				await handler(event as never);
			}
		},
		raiseAtOnce: (name, event) => {
			for (const handler of of(name)) {
				handler(event as never);
			}
		},
	};
}

function ownInstance(environment: RoleEnvironment): RoleInstance {
	const role = environment.roles.find(each => each.name === environment.roleName);
	const listed = role?.instances.find(each => each.id === environment.instanceId);
	return {
		id: environment.instanceId,
		faultDomain: environment.faultDomain,
		updateDomain: environment.updateDomain,
		endpoints: byName(listed?.endpoints ?? []),
	};
}

function instanceOf(view: InstanceView): RoleInstance {
	return { ...view, endpoints: byName(view.endpoints) };
}

function byName<Named extends EndpointView | RoleEndpoint | Role>(
	list: readonly Named[],
): Readonly<Record<string, Named>> {
	return Object.fromEntries(list.map(each => [each.name, each]));
}
