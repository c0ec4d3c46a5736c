import type { Configuration } from '../configuration';
import { certificatesOf, declaresCertificate } from '../declared';
import { isPublishedEndpoint, modulesOf } from '../modules';
import { problems } from '../problems';
import { aboutEachRole, eachRepeated, type Rule, seeAlso } from './rule';

/** 3.1 */
const uniqueEndpoints: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		const name = role.name?.text ?? '';
		const own = role.endpoints.flatMap(endpoint => endpoint.name ?? []);
		eachRepeated(own, (repeated, first) => {
			const related = seeAlso(path, first, 'The first endpoint of this name.');
			report(path, problems.duplicateEndpoint(repeated, repeated.text, name, related));
		});
		const imported = new Set(modulesOf(role).flatMap(module => module.endpoints.map(endpoint => endpoint.name)));
		for (const token of own.filter(({ text }) => imported.has(text) && !isPublishedEndpoint(text))) {
			report(path, problems.duplicateEndpoint(token, token.text, name, []));
		}
	}
};

/**
 * 3.6. On `tcp` the attribute may stand (documentation samples show it) and then has to name something too; on `http`
 * and `udp` it has no effect, which is another rule (3.7).
 */
const certificatesOfEndpoints: Rule = ({ definition, configurations }, report) => {
	for (const role of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		for (const endpoint of role.endpoints) {
			if (endpoint.kind !== 'input') {
				continue;
			}
			const { certificate, name, protocol, element } = endpoint;
			const known = protocol === 'https' || protocol === 'tcp' ? certificatesOf(role) : [];
			if (protocol === 'https' && !certificate?.text) {
				const span = name ?? element.name ?? element;
				report(path, problems.httpsWithoutCertificate(span, name?.text ?? '', known));
			} else if (certificate?.text && (protocol === 'https' || protocol === 'tcp')) {
				if (!declaresCertificate(role, certificate.text)) {
					const given = givenEverywhere(configurations, role.name?.text, certificate.text);
					const problem = given ? problems.undeclaredCertificate : problems.unknownCertificate;
					report(path, problem(certificate, certificate.text, role.name?.text ?? '', known));
				}
			}
		}
	}
};

export const endpointRules: readonly Rule[] = [aboutEachRole(uniqueEndpoints), certificatesOfEndpoints];

/**
 * Services that name a certificate only here and in their configurations are known to have run for years (the tools set
 * up the store of an endpoint's certificate by themselves, csdef.md 6), so that is no error.
 */
function givenEverywhere(configurations: readonly Configuration[], role: string | undefined, name: string): boolean {
	return configurations.every(configuration =>
		configuration.roles.some(
			entry => entry.name?.text === role && entry.certificates.some(certificate => certificate.name.text === name),
		),
	);
}
