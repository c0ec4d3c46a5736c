/**
 * A JavaScript role of an Azure cloud service, as Rolewright runs it: a module that exports `onStart`, `run` and `onStop`.
 *
 * ```js
 * /** @type {import('rolewright/types/rolewright-role').RoleModule} *\/
 * module.exports = {
 * 	async onStart(role) {
 * 		role.on('changing', change => change.cancel());
 * 		return true;
 * 	},
 * 	async run(role) {
 * 		console.log(role.settings.Greeting);
 * 	},
 * };
 * ```
 */
export interface RoleModule {
	/** Called first. `false` refuses to start: the instance is recycled. The instance is Busy until this is done. */
	onStart?(role: RoleContext): boolean | undefined | Promise<boolean | undefined> | void | Promise<void>;
	/** The work of the role. When it returns, the instance is recycled. Left out: runs for ever. */
	run?(role: RoleContext): unknown;
	/** Called before an orderly end, after the `stopping` event; the process ends when this is done. */
	onStop?(role: RoleContext): unknown;
}

/** What role code sees of its service. All values are current: read them again after `changed`. */
export interface RoleContext {
	readonly deploymentId: string;
	/** True where the service runs on a developer's machine: always, here. */
	readonly emulated: boolean;
	readonly roleName: string;
	/** This instance. */
	readonly instance: RoleInstance;
	/** The values of the configuration settings. */
	readonly settings: Readonly<Record<string, string>>;
	/** The endpoints of this instance, by name. */
	readonly endpoints: Readonly<Record<string, RoleEndpoint>>;
	/** Every role of the service, by name. Instances of other roles are listed where these have internal endpoints. */
	readonly roles: Readonly<Record<string, Role>>;
	/** A local resource of the definition. Throws when there is none of this name. */
	localResource(name: string): LocalResource;

	/** Before changes are applied; the old values are still readable. `cancel()` recycles the instance with the new ones. */
	on(event: 'changing', handler: (change: ChangingEvent) => unknown): Subscription;
	/** After changes were applied. */
	on(event: 'changed', handler: (change: ChangeEvent) => unknown): Subscription;
	/** As `changing`, for a change that reaches all instances at once and cannot be cancelled. */
	on(event: 'simultaneousChanging', handler: (change: ChangeEvent) => unknown): Subscription;
	on(event: 'simultaneousChanged', handler: (change: ChangeEvent) => unknown): Subscription;
	/** The instance has left the load balancer and is about to stop. */
	on(event: 'stopping', handler: () => unknown): Subscription;
	/** The fabric asks for the status about every 15 seconds. `setBusy()` takes the instance out until the next time. */
	on(event: 'statusCheck', handler: (check: StatusCheckEvent) => void): Subscription;

	/** Asks for an orderly stop and a new start of this instance. */
	requestRecycle(): void;
	/** Busy from now until the next status check. */
	setBusy(): void;
}

export interface RoleInstance {
	readonly id: string;
	readonly faultDomain: number;
	readonly updateDomain: number;
	readonly endpoints: Readonly<Record<string, RoleEndpoint>>;
}

export interface RoleEndpoint {
	readonly name: string;
	/** `http`, `https`, `tcp`, `udp` or `any`. */
	readonly protocol: string;
	/** Where the instance listens. */
	readonly address: string;
	readonly port: number;
	/** Where the outside reaches it, if it does. */
	readonly publicPort?: number;
}

export interface Role {
	readonly name: string;
	readonly instances: readonly RoleInstance[];
}

export interface LocalResource {
	readonly name: string;
	/** Absolute, with a separator at its end. */
	readonly path: string;
	readonly sizeInMB: number;
}

export type EnvironmentChange =
	| { readonly kind: 'setting'; readonly name: string }
	| { readonly kind: 'topology'; readonly role: string }
	| { readonly kind: 'certificate'; readonly thumbprint: string };

export interface ChangeEvent {
	readonly changes: readonly EnvironmentChange[];
}

export interface ChangingEvent extends ChangeEvent {
	cancel(): void;
}

export interface StatusCheckEvent {
	setBusy(): void;
}

export interface Subscription {
	dispose(): void;
}
