import { rulesAbout, type TopologyDeployment } from './topology';
import type { Localization } from './words';

/** Who may speak to an internal endpoint. */
export function allowedText(
	deployment: TopologyDeployment,
	role: string,
	endpoint: string,
	l10n: Localization,
): string {
	const rules = rulesAbout(deployment, role, endpoint);
	const names = rules.flatMap(({ from }) => (from === 'all' ? [] : from));
	return rules.length === 0 || rules.some(({ from }) => from === 'all')
		? l10n.t('every role may speak to it')
		: l10n.t('only {0} may speak to it', names.join(', '));
}

export function instancesText(count: number, l10n: Localization): string {
	return count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
}
