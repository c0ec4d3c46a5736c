import type { Span } from '../../base/span';
import { certificatesOf } from '../declared';
import { attributeValue, tokenOf } from '../elements';
import { problems } from '../problems';
import { aboutEachRole, isForEmulator, placeOfRole, type Rule } from './rule';

const digitsOfSha1 = 40;
const blank = /\s/;
const blanks = /\s+/g;
const zeros = /^0+$/;
const hexadecimal = /^[0-9A-Fa-f]+$/;

/** 7.1, 7.3 and 7.4; what is no hexadecimal digit at all is a matter of the schema (7.2). */
const thumbprints: Rule = ({ configurations }, report) => {
	for (const configuration of configurations) {
		for (const { element, name } of configuration.roles.flatMap(role => role.certificates)) {
			const token = tokenOf(element, 'thumbprint');
			const digits = token?.text.replace(blanks, '') ?? '';
			if (!token || !hexadecimal.test(digits)) {
				continue;
			}
			if (blank.test(token.text)) {
				report(configuration.path, problems.blanksInThumbprint(token, name.text, digits));
			}
			if (zeros.test(digits)) {
				if (!isForEmulator(configuration)) {
					report(configuration.path, problems.placeholderThumbprint(token, name.text, configuration.name));
				}
			} else if (digits.length !== digitsOfSha1) {
				report(configuration.path, problems.thumbprintLength(token, name.text, digits.length));
			}
		}
	}
};

const mostCertificates = 199;

/** 7.9. One certificate counts once however many roles have it, so the names are the nearest that the files tell. */
const certificateLimit: Rule = ({ definition }, report) => {
	const found = new Map<string, Span>();
	for (const role of definition?.roles ?? []) {
		const declares = role.certificates.length > 0 || role.imports.length > 0;
		for (const name of declares ? certificatesOf(role) : []) {
			if (!found.has(name)) {
				found.set(name, role.certificates.find(entry => entry.name.text === name)?.name ?? placeOfRole(role));
			}
		}
	}
	const first = found.size > mostCertificates ? [...found][mostCertificates] : undefined;
	if (definition && first) {
		report(definition.path, problems.tooManyCertificates(first[1], first[0], mostCertificates));
	}
};

/** 7.10 */
const storeNames: Rule = ({ definition }, report) => {
	for (const { element } of definition?.roles.flatMap(role => role.certificates) ?? []) {
		if (definition && attributeValue(element, 'storeName') === 'Disallow') {
			report(definition.path, problems.misspeltStore(tokenOf(element, 'storeName') ?? element));
		}
	}
};

export const certificateRules: readonly Rule[] = [
	aboutEachRole(thumbprints),
	certificateLimit,
	aboutEachRole(storeNames),
];
