/** What role code sees of its service: the source of `RoleEnvironment` in every language. */
export interface RoleEnvironment {
	readonly deploymentId: string;
	readonly emulated: boolean;
	readonly instanceId: string;
	readonly roleName: string;
	readonly faultDomain: number;
	readonly updateDomain: number;
	readonly settings: Readonly<Record<string, string>>;
	readonly localResources: readonly LocalResourceView[];
	/** Every role of the service; instances of another role only where it has an internal endpoint; the own instance always. */
	readonly roles: readonly RoleView[];
}

export interface LocalResourceView {
	readonly name: string;
	/** Absolute, with a trailing separator. */
	readonly path: string;
	readonly sizeInMB: number;
}

export interface RoleView {
	readonly name: string;
	readonly instances: readonly InstanceView[];
}

export interface InstanceView {
	readonly id: string;
	readonly faultDomain: number;
	readonly updateDomain: number;
	readonly endpoints: readonly EndpointView[];
}

export interface EndpointView {
	readonly name: string;
	/** `http`, `https`, `tcp`, `udp` or `any`. */
	readonly protocol: string;
	/** Where the instance itself listens. */
	readonly address: string;
	readonly port: number;
	readonly publicPort?: number;
}

export type EnvironmentChange =
	| { readonly kind: 'setting'; readonly name: string }
	| { readonly kind: 'topology'; readonly role: string }
	| { readonly kind: 'certificate'; readonly thumbprint: string };
