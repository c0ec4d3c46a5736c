import { integerOf } from '../elements';
import { importsModule } from '../modules';
import { problems } from '../problems';
import {
	aboutEachConfiguredRole,
	aboutEachRole,
	eachConfiguredRole,
	isForEmulator,
	placeOfRole,
	type Rule,
	roleNamed,
	seeAlso,
	valueSpan,
} from './rule';

/** 2.3 */
const onePortPerInstance: Rule = ({ definition, configurations }, report) => {
	if (!definition) {
		return;
	}
	for (const { path, roles } of configurations) {
		for (const { name, instances } of roles) {
			const role = name && roleNamed(definition, name.text);
			const { count, countToken } = instances ?? {};
			for (const endpoint of role?.endpoints ?? []) {
				const range = endpoint.kind === 'instanceInput' ? endpoint.publicPorts : undefined;
				if (count === undefined || !countToken || range?.min === undefined || range.max === undefined) {
					continue;
				}
				const ports = range.max - range.min + 1;
				if (ports > 0 && count > ports) {
					const related = seeAlso(definition.path, endpoint.name, 'The instance input endpoint.');
					const label = endpoint.name?.text ?? '';
					report(path, problems.tooManyInstances(countToken, name?.text ?? '', count, label, ports, related));
				}
			}
		}
	}
};

/** 2.1 and 2.2. That none is refused everywhere is not confirmed, so 0 is a warning. */
const counts: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		const inCloud = !isForEmulator(configuration);
		for (const { name, instances } of configuration.roles) {
			const { count, countToken } = instances ?? {};
			if (count === undefined || !countToken) {
				continue;
			}
			if (count < 1) {
				report(configuration.path, problems.noInstances(countToken, name?.text ?? '', count));
			} else if (count === 1 && inCloud) {
				report(configuration.path, problems.singleInstance(countToken, name?.text ?? ''));
			}
		}
	}
};

/** 2.5 */
const webDeploy: Rule = (service, report) => {
	eachConfiguredRole(service, ({ configuration, configured, role, name }) => {
		const { count, countToken } = configured.instances ?? {};
		if (
			count !== undefined &&
			countToken &&
			count > 1 &&
			!isForEmulator(configuration) &&
			importsModule(role, 'WebDeploy')
		) {
			report(configuration.path, problems.webDeployInstances(countToken, name.text, count));
		}
	});
};

const mostUpgradeDomains = 20;

/** 2.7 */
const upgradeDomains: Rule = ({ definition, configurations }, report) => {
	const count = integerOf(definition?.element, 'upgradeDomainCount');
	if (!definition?.element || count === undefined) {
		return;
	}
	const span = valueSpan(definition.element, 'upgradeDomainCount');
	const largest = Math.max(0, ...configurations.flatMap(({ roles }) => roles.map(role => role.instances?.count ?? 0)));
	if (count > mostUpgradeDomains) {
		report(definition.path, problems.tooManyUpgradeDomains(span, count));
	} else if (largest > 0 && count > largest) {
		report(definition.path, problems.unusedUpgradeDomains(span, count, largest));
	}
};

const mostRoles = 25;

/** 3.a, roles */
const roleLimit: Rule = ({ definition }, report) => {
	const first = definition?.roles[mostRoles];
	if (definition && first) {
		report(definition.path, problems.tooManyRoles(placeOfRole(first), first.name?.text ?? '', mostRoles));
	}
};

export const instanceRules: readonly Rule[] = [
	aboutEachConfiguredRole(onePortPerInstance),
	aboutEachRole(counts),
	aboutEachConfiguredRole(webDeploy),
	upgradeDomains,
	roleLimit,
];
