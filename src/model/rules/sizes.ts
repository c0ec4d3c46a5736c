import { nearest } from '../../base/nearest';
import { tokenOf } from '../elements';
import { extendedSeverity } from '../platform';
import { problems } from '../problems';
import { isRefusedSize, legacySizes, sizeAliases, vmRoleSizes, vmSize, vmSizes } from '../vmSizes';
import { aboutEachRole, eachRepeated, placeOfRole, type Rule, seeAlso } from './rule';

const megabytes = 1024;
/** What the tools add for diagnostics where the role does not say otherwise. */
const diagnosticStore = { name: 'DiagnosticStore', sizeInMB: 4096 };

/** 6.1 and 6.2. The numbers of the documentation differ a little from year to year, so this is never an error. */
const storageFits: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		const size = vmSize(role.vmSize);
		if (!definition || !size || role.localStorage.length === 0) {
			continue;
		}
		const disk = size.disk * megabytes;
		const sum = role.localStorage.reduce((all, { sizeInMB }) => all + sizeInMB, 0);
		const span = tokenOf(role.element, 'vmsize') ?? placeOfRole(role);
		const name = role.name?.text ?? '';
		const declared = role.localStorage.some(store => store.name.text === diagnosticStore.name);
		if (sum > disk) {
			report(definition.path, problems.localStorageTooLarge(span, name, sum, size.name, disk));
		} else if (!declared && sum + diagnosticStore.sizeInMB > disk) {
			report(definition.path, problems.diagnosticStoreSpace(span, name, sum, size.name, disk));
		}
	}
};

/** 6.4 */
const uniqueStores: Rule = ({ definition }, report) => {
	for (const role of definition?.roles ?? []) {
		eachRepeated(
			role.localStorage.map(({ name }) => name),
			(repeated, first) => {
				const path = definition?.path ?? '';
				const related = seeAlso(path, first, 'The first local storage of this name.');
				report(path, problems.duplicateLocalStorage(repeated, repeated.text, role.name?.text ?? '', related));
			},
		);
	}
};

/** 6.a, and 6.b for the rules of extended support. */
const knownSizes: Rule = ({ definition }, report, { platform }) => {
	const extended = extendedSeverity(platform);
	for (const role of definition?.roles ?? []) {
		const path = definition?.path ?? '';
		const token = tokenOf(role.element, 'vmsize');
		if (role.kind === 'VirtualMachineRole') {
			if (token && token.text !== '' && !vmRoleSizes.includes(token.text)) {
				report(path, problems.vmRoleSize(token, token.text));
			}
			continue;
		}
		if (!token) {
			if (extended) {
				report(path, problems.missingVmSize(placeOfRole(role), role.name?.text ?? '', extended.severity));
			}
			continue;
		}
		const name = token.text;
		const size = vmSize(name);
		const renamed = legacySizes.get(name);
		const alias = sizeAliases.get(name);
		if (renamed !== undefined) {
			if (extended) {
				report(path, problems.legacyVmSize(token, name, renamed, extended.severity));
			}
		} else if (isRefusedSize(name)) {
			report(path, problems.refusedVmSize(token, name));
		} else if (alias !== undefined) {
			report(path, problems.vmSizeAlias(token, name, alias));
		} else if (size?.retired !== undefined) {
			if (platform !== 'classic') {
				report(path, problems.retiredVmSize(token, name, size.retired));
			}
		} else if (!size && name.trim() !== '') {
			report(path, problems.unknownVmSize(token, name, proposals(name)));
		}
	}
};

export const sizeRules: readonly Rule[] = [
	aboutEachRole(storageFits),
	aboutEachRole(uniqueStores),
	aboutEachRole(knownSizes),
];

const names = vmSizes.map(({ name }) => name);

function proposals(name: string): readonly string[] {
	const sameLetters = names.find(known => known.toLowerCase() === name.toLowerCase());
	const near = sameLetters ?? nearest(name, names);
	return near === undefined ? [] : [near];
}
