import type { DeploymentStatus } from '../lifecycle/snapshot';
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

export function deploymentWords(status: DeploymentStatus | undefined, l10n: Localization): string {
	switch (status) {
		case undefined:
			return l10n.t('not running');
		case 'Deploying':
			return l10n.t('Deploying');
		case 'Running':
			return l10n.t('Running');
		case 'RunningTransitioning':
			return l10n.t('Running, changing');
		case 'Suspending':
			return l10n.t('Suspending');
		case 'Suspended':
			return l10n.t('Suspended');
		case 'Starting':
			return l10n.t('Starting');
		case 'Deleting':
			return l10n.t('Stopping');
		case 'Stopped':
			return l10n.t('Stopped');
	}
}

export function instancesText(count: number, l10n: Localization): string {
	return count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
}
