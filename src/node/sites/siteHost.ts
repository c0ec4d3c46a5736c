import type { SecureContextOptions } from 'node:tls';
import { textOfError } from '../../base/failure';
import type {
	FromSites,
	RunningSites,
	SecureEndpoint,
	SiteApplication,
	SiteHost,
	SitePlan,
	SitesLife,
} from '../../lifecycle/siteHost';
import type { Clock } from '../../lifecycle/world';
import type { Ports } from '../network/ports';
import type { ProcessRecord } from '../processes/processStart';
import { type CertificateOf, endpointCertificate } from './endpointCertificate';
import { SiteFront } from './siteFront';
import { SiteProcess } from './siteProcess';
import type { SiteHook } from './siteRuntime';

export interface SiteHostOptions {
	readonly clock: Clock;
	readonly ports: Ports;
	readonly record?: ProcessRecord;
	readonly hook?: SiteHook;
	/** The certificates that the user names for https endpoints. */
	readonly certificateOf?: CertificateOf;
	/** Where the certificate is kept that is made for the others. */
	readonly certificateFolder: string;
}

/** Serves the sites of web roles: a front for each bound endpoint of an instance, a process for each application that needs one. */
export function siteHost(options: SiteHostOptions): SiteHost {
	const told = new Set<string>();
	const once = (text: string, tell: () => void): void => {
		if (!told.has(text)) {
			told.add(text);
			tell();
		}
	};
	return { start: (life, heard) => startSites({ ...options, once }, life, heard) };
}

/** What is the same for every instance and every life is told once. */
interface Options extends SiteHostOptions {
	readonly once: (text: string, tell: () => void) => void;
}

function startSites(options: Options, life: SitesLife, heard: (message: FromSites) => void): RunningSites {
	const { instance, root, variables, sites } = life;
	let { environment } = life;
	const context = { ...options, instance, root, variables, environment: () => environment };
	const processes = new Map<SiteApplication, SiteProcess>();
	const busy = new BusySites(heard);
	for (const { site, application } of applicationsOf(sites)) {
		if (application.serves.kind !== 'static') {
			const name = nameOf(site, application);
			processes.set(application, new SiteProcess({ ...context, heard: busy.hearing(name) }, application, name));
		}
	}
	let open = (): void => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	const fronts = startFronts(options, life, opened, application => processes.get(application), heard);
	let close = (): void => {};
	const closing = new Promise<void>(resolve => {
		close = resolve;
	});
	const ended = Promise.all([closing, ...[...processes.values()].map(each => each.ended)]).then(() => closeAll(fronts));
	return {
		open: () => {
			for (const { site, application } of applicationsOf(sites)) {
				if (application.serves.kind === 'static') {
					heard({ type: 'note', text: `The site '${nameOf(site, application)}' is served from its files.` });
				}
				processes.get(application)?.start();
			}
			open();
		},
		ask: message => {
			const asked = [...processes.values()].flatMap(process => process.ask(message) ?? []);
			return asked.length === 0 ? undefined : Promise.all(asked).then(answers => answers.includes(true));
		},
		change: message => {
			environment = message.environment;
			for (const process of processes.values()) {
				process.change(message);
			}
		},
		checkStatus: () => {
			for (const process of processes.values()) {
				process.checkStatus();
			}
		},
		drain: async raiseStopping => {
			await Promise.all(fronts.map(front => front.drain()));
			for (const process of processes.values()) {
				void process.stop(raiseStopping);
			}
			close();
			await ended;
		},
		kill: () => {
			closeAll(fronts);
			for (const process of processes.values()) {
				process.kill();
			}
			close();
		},
		ended,
	};
}

/** Of several processes the instance is busy when one is. */
class BusySites {
	private readonly names = new Set<string>();

	constructor(private readonly heard: (message: FromSites) => void) {}

	hearing(name: string): (message: FromSites) => void {
		return message => {
			if (message.type !== 'status') {
				this.heard(message);
				return;
			}
			const before = this.names.size > 0;
			this.names[message.status === 'Busy' ? 'add' : 'delete'](name);
			if (this.names.size > 0 !== before) {
				this.heard(message);
			}
		};
	}
}

function startFronts(
	options: Options,
	{ role, sites, places, secure }: SitesLife,
	opened: Promise<void>,
	processOf: (application: SiteApplication) => SiteProcess | undefined,
	heard: (message: FromSites) => void,
): readonly SiteFront[] {
	const bound = new Set(sites.flatMap(site => site.bindings.map(({ endpoint }) => endpoint)));
	return [...bound].flatMap(endpoint => {
		const place = places[endpoint];
		if (place === undefined) {
			return [];
		}
		const https = secure.find(({ name }) => name === endpoint);
		const certificate = https && certificateFor(https, options, role, sites, heard);
		if (certificate === 'none') {
			return [];
		}
		const front = new SiteFront({
			endpoint,
			sites,
			...(certificate && { secure: certificate }),
			opened,
			processOf: ({ application }) => processOf(application),
		});
		front.listen(place).catch((error: Error) =>
			heard({
				type: 'error',
				text: `The sites of the endpoint '${endpoint}' are not served: ${place.address}:${place.port} cannot be listened on (${error.message}). Only the sites may listen there.`,
			}),
		);
		return [front];
	});
}

/** Without the certificate that was named for it an endpoint is not served: another one in its place would hide the mistake. */
function certificateFor(
	endpoint: SecureEndpoint,
	{ certificateOf = () => undefined, certificateFolder, once }: Options,
	role: string,
	sites: readonly SitePlan[],
	heard: (message: FromSites) => void,
): SecureContextOptions | 'none' {
	const bindings = sites.flatMap(site => site.bindings).filter(binding => binding.endpoint === endpoint.name);
	const hosts = bindings.flatMap(({ hostHeader }) => hostHeader ?? []);
	try {
		const { options, notes } = endpointCertificate({ role, endpoint, hosts, certificateOf, folder: certificateFolder });
		for (const text of notes) {
			once(text, () => heard({ type: 'note', text }));
		}
		return options;
	} catch (error) {
		heard({ type: 'error', text: `The endpoint '${endpoint.name}' is not served. ${textOfError(error)}` });
		return 'none';
	}
}

function applicationsOf(sites: readonly SitePlan[]) {
	return sites.flatMap(site => site.applications.map(application => ({ site, application })));
}

function nameOf(site: SitePlan, { path }: SiteApplication): string {
	return path === '/' ? site.name : site.name + path;
}

function closeAll(fronts: readonly SiteFront[]): void {
	for (const front of fronts) {
		front.close();
	}
}
