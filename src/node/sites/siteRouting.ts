import type { SiteApplication, SitePlan } from '../../lifecycle/siteHost';

/** What a request leads to: an application, or a folder of files below one. */
export interface Route {
	readonly site: SitePlan;
	readonly application: SiteApplication;
	/** Set where the path lies in a virtual directory. */
	readonly directory?: SiteApplication['directories'][number];
}

/**
 * The site whose binding of this endpoint names the host, else one whose binding names none; no site for a host that
 * nobody names (csdef.md 11). `host` is the header of the request, with or without a port.
 */
export function siteFor(sites: readonly SitePlan[], endpoint: string, host: string | undefined): SitePlan | undefined {
	const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
	const binds = (wanted: (header: string) => boolean) =>
		sites.find(site =>
			site.bindings.some(binding => binding.endpoint === endpoint && wanted((binding.hostHeader ?? '').toLowerCase())),
		);
	return binds(header => header !== '' && header === name) ?? binds(header => header === '');
}

/** The longest path that the request begins with decides, an application or a virtual directory; case does not matter to IIS. */
export function routeIn(site: SitePlan, path: string): Route | undefined {
	const places = site.applications.flatMap((application): (Route & { readonly at: string })[] => [
		{ site, application, at: application.path },
		...application.directories.map(directory => ({ site, application, directory, at: directory.path })),
	]);
	const [best] = places.filter(({ at }) => isBelow(path, at)).sort((a, b) => b.at.length - a.at.length);
	return (
		best && { site: best.site, application: best.application, ...(best.directory && { directory: best.directory }) }
	);
}

/** `/shop` and what is below it, not `/shopping`. */
export function isBelow(path: string, folder: string): boolean {
	const wanted = folder === '/' ? '/' : `${folder.toLowerCase()}/`;
	return `${path.toLowerCase()}/`.startsWith(wanted);
}

/** The path of a request without the query, decoded; undefined where it is no path. */
export function pathOf(url: string): string | undefined {
	const path = url.replace(/[?#].*$/s, '').replace(/^https?:\/\/[^/]*/i, '');
	try {
		const decoded = decodeURIComponent(path);
		return decoded.startsWith('/') && !decoded.includes('\0') ? decoded : undefined;
	} catch {
		return undefined;
	}
}

/** The address of a request as an application sees it that knows nothing of where it is mounted. */
export function without(prefix: string, url: string): string {
	const rest = prefix === '/' ? url : url.slice(prefix.length);
	return rest.startsWith('/') ? rest : `/${rest}`;
}
