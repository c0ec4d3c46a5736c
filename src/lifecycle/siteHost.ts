import type { ToHost } from './hostVocabulary';
import type { OutputStream, TraceLevel } from './journal/journal';
import type { Listening } from './network';
import type { RoleEnvironment } from './roleEnvironment';

/** Serves the sites of a web role beside its entry point, as IIS does (role-lifecycle.md 1). */
export interface SiteHost {
	/** Listens where the bindings say; no site answers before `open`. */
	start(life: SitesLife, heard: (message: FromSites) => void): RunningSites;
}

export interface SitesLife {
	readonly instance: string;
	/** The deployment's plan of them; the folders are absolute. */
	readonly sites: readonly SitePlan[];
	/** Where the bound endpoints are, by name. */
	readonly places: Readonly<Record<string, Listening>>;
	readonly role: string;
	/** The endpoints that clients speak HTTPS to. */
	readonly secure: readonly SecureEndpoint[];
	readonly root: string;
	/** What a site sees of its service; its events fire there too (role-lifecycle.md 1). */
	readonly environment: RoleEnvironment;
	readonly variables: Readonly<Record<string, string>>;
}

export interface SecureEndpoint {
	readonly name: string;
	/** The certificate of the definition, and its thumbprint in the configuration. */
	readonly certificate?: string;
	readonly thumbprint?: string;
}

export interface RunningSites {
	/** The role is Ready: the processes of the sites start, and requests that have waited are answered. */
	open(): void;
	/** A change is on its way: true when the code of a site cancels it; undefined where none listens. */
	ask(message: SitesAsked): Promise<boolean> | undefined;
	/** A changed environment is in force: sites that listen for changes hear of it. */
	change(message: SitesTold): void;
	/** Sites that listen say whether they are busy. */
	checkStatus(): void;
	/**
	 * Takes no new connection, and ends each process when it has nothing more to answer; with `raiseStopping`
	 * the code of the sites hears of it before. Resolves when all have ended.
	 */
	drain(raiseStopping: boolean): Promise<void>;
	/** Ends everything at once. */
	kill(): void;
	/** Settles when nothing of them runs any more. */
	readonly ended: Promise<void>;
}

export type SitesAsked = Extract<ToHost, { readonly type: 'changing' | 'simultaneousChanging' }>;
export type SitesTold = Extract<ToHost, { readonly type: 'changed' | 'simultaneousChanged' }>;

export type FromSites =
	| { readonly type: 'started'; readonly pid: number; readonly text: string }
	| ({ readonly type: 'ended'; readonly pid: number; readonly text: string } & {
			readonly exitCode?: number;
			readonly signal?: string;
	  })
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string; readonly level?: TraceLevel }
	/** Of all sites together: busy when one of them says so. */
	| { readonly type: 'status'; readonly status: 'Ready' | 'Busy' }
	/** A site asks for the recycle of its instance. */
	| { readonly type: 'requestRecycle' }
	| { readonly type: 'note' | 'error'; readonly text: string };

/** One site with what it serves (csdef.md 11). */
export interface SitePlan {
	readonly name: string;
	readonly bindings: readonly { readonly endpoint: string; readonly hostHeader?: string }[];
	/** The root first; each application has a process of its own where its kind needs one. */
	readonly applications: readonly SiteApplication[];
}

export interface SiteApplication {
	/** `/`, or `/shop/api` for an application in an application. */
	readonly path: string;
	readonly folder: string;
	readonly serves: SiteKind;
	/** Virtual directories below it: their files are served as they are. */
	readonly directories: readonly { readonly path: string; readonly folder: string }[];
}

/** What answers the requests of an application. Files are relative to its folder. */
export type SiteKind =
	| { readonly kind: 'static' }
	/** `variables`: what `web.config` sets for it, as iisnode does. */
	| { readonly kind: 'node'; readonly script: string; readonly variables?: Readonly<Record<string, string>> }
	| { readonly kind: 'aspnetcore'; readonly assembly: string }
	| { readonly kind: 'php' }
	/** It listens on the port in its variable PORT. */
	| { readonly kind: 'command'; readonly commandLine: string }
	/** ASP.NET on .NET Framework: IIS Express where there is one. */
	| { readonly kind: 'aspnet' };
