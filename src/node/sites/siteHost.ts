import type { FromSites, RunningSites, SiteApplication, SiteHost, SitePlan, SitesLife } from '../../lifecycle/siteHost';
import type { Clock } from '../../lifecycle/world';
import type { Ports } from '../ports';
import type { ProcessRecord } from '../processStart';
import { SiteFront } from './siteFront';
import { SiteProcess } from './siteProcess';

export interface SiteHostOptions {
	readonly clock: Clock;
	readonly ports: Ports;
	readonly record?: ProcessRecord;
}

/** Serves the sites of web roles: a front for each bound endpoint of an instance, a process for each application that needs one. */
export function siteHost(options: SiteHostOptions): SiteHost {
	return { start: (life, heard) => startSites(options, life, heard) };
}

function startSites(options: SiteHostOptions, life: SitesLife, heard: (message: FromSites) => void): RunningSites {
	const { instance, root, variables, sites } = life;
	let { environment } = life;
	const context = { ...options, instance, root, variables, environment: () => environment, heard };
	const processes = new Map<SiteApplication, SiteProcess>();
	for (const { site, application } of applicationsOf(sites)) {
		if (application.serves.kind !== 'static') {
			processes.set(application, new SiteProcess(context, application, nameOf(site, application)));
		}
	}
	let open = (): void => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	const fronts = startFronts(life, opened, application => processes.get(application), heard);
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
		change: next => {
			environment = next;
			for (const process of processes.values()) {
				process.change(next);
			}
		},
		drain: async () => {
			await Promise.all(fronts.map(front => front.drain()));
			for (const process of processes.values()) {
				process.stop();
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

function startFronts(
	{ sites, places, secure }: SitesLife,
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
		const isSecure = secure.includes(endpoint);
		const front = new SiteFront({
			endpoint,
			sites,
			secure: isSecure,
			opened,
			processOf: ({ application }) => processOf(application),
		});
		if (isSecure) {
			heard({
				type: 'note',
				text: `The endpoint '${endpoint}' is https; its sites are served by plain http here, as the key of its certificate is not on this machine.`,
			});
		}
		front.listen(place).catch((error: Error) =>
			heard({
				type: 'error',
				text: `The sites of the endpoint '${endpoint}' are not served: ${place.address}:${place.port} cannot be listened on (${error.message}). Only the sites may listen there.`,
			}),
		);
		return [front];
	});
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
