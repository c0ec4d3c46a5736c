import type { Severity } from '../base/problem';
import { child } from '../xml/syntax';
import { attributeValue } from './elements';
import type { Service } from './service';

/** Where a service is deployed: Cloud Services (classic), or Cloud Services (extended support). */
export type Platform = 'classic' | 'extended';

/**
 * The platform of a service: what a setting says, else a guess from the files. A virtual network that is named by its
 * resource id, or a deployment template of cloud services beside the files, exists only for extended support. The newest
 * schema version with a late guest OS is no such sign: late classic services look the same (cross-file-rules.md 15).
 */
export function platformOf(
	service: Service,
	setting: Platform | 'auto' | undefined,
	hasDeploymentTemplate = false,
): Platform | undefined {
	if (setting === 'classic' || setting === 'extended') {
		return setting;
	}
	return hasDeploymentTemplate || service.configurations.some(namesNetworkById) ? 'extended' : undefined;
}

/** True where a JSON text is a template that deploys cloud services (extended support). */
export function isDeploymentTemplate(text: string): boolean {
	return /"Microsoft\.Compute\/cloudServices"/i.test(text);
}

/** A rule of extended support: an error there, a hint where the platform is not known, nothing on classic. */
export function extendedSeverity(
	platform: Platform | undefined,
	there: Severity = 'error',
): { readonly severity: Severity } | undefined {
	if (platform === 'classic') {
		return undefined;
	}
	return { severity: platform === 'extended' ? there : 'hint' };
}

function namesNetworkById({ element }: Service['configurations'][number]): boolean {
	const site = child(child(element, 'NetworkConfiguration'), 'VirtualNetworkSite');
	return /^\/subscriptions\//i.test(attributeValue(site, 'name') ?? '');
}
