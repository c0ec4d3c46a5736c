import { nearest } from '../base/nearest';
import { freePort } from '../model/freePorts';
import type { RuleProblem } from '../model/problems';
import type { Service } from '../model/service';
import { elementAt } from '../xml/spot';
import type { ParsedFile } from './documents';
import { declare, missing, remove, rename } from './entryFixes';
import { draft, type FixDraft } from './fix';
import { addModule, declareDiagnostics, removeModule } from './moduleFixes';
import { assignSubnet, bindSite } from './networkFixes';
import { changeFamily, removeAt, removeAttributeAt, replaceValue, setAttributeAt, swapRange } from './placeFixes';

/** The ways to mend a broken rule. The compiler asks for a decision about every code; `docs/rules.md` gives the reasons. */
export function ruleFixes(file: ParsedFile, service: Service, problem: RuleProblem): readonly FixDraft[] {
	const { span } = problem;
	switch (problem.code) {
		case 'missingRole':
		case 'missingSetting':
		case 'missingCertificate':
		case 'unequalConfigurations':
			return missing(file, service, problem);
		case 'unknownRole':
		case 'unknownSetting':
		case 'unknownCertificate':
		case 'undeclaredCertificate':
			return [...rename(file, problem), ...declare(file, service, problem), ...remove(file, problem)];
		case 'unknownEndpoint':
			return rename(file, problem);
		case 'unknownProbe':
		case 'unknownLoadBalancer':
		case 'unknownAccessControl':
		case 'unknownModule':
		case 'unknownNameInXPath':
			return near(file, problem);
		case 'unsuitableBinding':
		case 'boundProtocol':
		case 'notInternalEndpoint':
		case 'notInputEndpoint':
			return problem.known.map(name => replaceValue(file, span, name));
		case 'serviceNameDiffers':
			return [replaceValue(file, span, problem.expected, true)];
		case 'schemaVersionDiffers':
		case 'noInstances':
		case 'singleInstance':
		case 'webDeployInstances':
		case 'tooManyUpgradeDomains':
		case 'unusedUpgradeDomains':
		case 'idleTimeoutRange':
		case 'unknownVmSize':
		case 'refusedVmSize':
		case 'vmSizeAlias':
		case 'vmRoleSize':
		case 'legacyVmSize':
		case 'retiredVmSize':
		case 'blanksInThumbprint':
		case 'misspeltStore':
		case 'insecureDiagnosticsStorage':
		case 'pinnedOsVersion':
		case 'osVersionOfOtherFamily':
		case 'duplicateRuleOrder':
		case 'remoteSubnetForm':
		case 'classicVirtualNetworkName':
		case 'unknownXPath':
		case 'readyOnProcessStart':
		case 'pathBelowApproot':
			return problem.instead.map((value, index) => replaceValue(file, span, value, index === 0));
		case 'retiredGuestOs':
		case 'unknownOsFamily':
			return problem.instead.map((family, index) => changeFamily(file, span, family, index === 0));
		case 'certificateWithoutEffect':
		case 'idleTimeoutWithoutTcp':
		case 'pathOfTcpProbe':
		case 'variableWithTwoValues':
		case 'partialTrust':
		case 'osOfVmRoles':
			return removeAttributeAt(file, span, problem.attribute);
		case 'probeWithoutPath':
		case 'probeTimeout':
		case 'missingVmSize':
		case 'missingOsFamily':
		case 'variableWithoutValue':
			return setAttributeAt(file, span, problem.attribute, problem.value);
		case 'unusedLoadBalancer':
		case 'unusedProbe':
		case 'repeatedDestination':
		case 'pointlessTrafficRules':
		case 'duplicateImport':
		case 'duplicateEndpointAcl':
		case 'unusedAccessControl':
		case 'duplicateInstanceAddress':
		case 'duplicateDnsServer':
		case 'duplicateVariable':
		case 'duplicateContent':
		case 'osImageWithoutVmRole':
		case 'duplicateBinding':
			return isNeeded(file, problem) ? [] : removeAt(file, span, `Remove the ${problem.what}`);
		case 'duplicateSetting':
			return removeAt(file, span, `Remove this setting '${problem.name}'`);
		case 'tooManyInstances':
			return [replaceValue(file, span, String(problem.ports))];
		case 'duplicatePort':
			return [replaceValue(file, span, String(freePort(service)))];
		case 'httpsWithoutCertificate':
			return problem.known.flatMap(name =>
				setAttributeAt(file, span, 'certificate', name, `Use the certificate '${name}'`),
			);
		case 'reversedPortRange':
			return swapRange(file, span);
		case 'unboundEndpoint':
			return bindSite(service, problem.role, problem.endpoint);
		case 'noRemoteForwarder':
			return addModule(service, problem.role, 'RemoteForwarder');
		case 'severalRemoteForwarders':
		case 'remoteForwarderAlone':
		case 'retiredModule':
		case 'remoteDesktopModule':
			return removeModule(service, problem.role, problem.moduleName);
		case 'diagnosticsImport':
			return declareDiagnostics(service, problem.role);
		case 'roleWithoutSubnet':
			return assignSubnet(service, file.path, problem.role);
		case 'unusedIgnore':
			return [draft('Remove this comment', file.path, [{ span, text: '' }], true)];
		case 'accountExpired':
		case 'connectionStringForm':
		case 'diagnosticStoreSpace':
		case 'duplicateAccessControl':
		case 'duplicateEndpoint':
		case 'duplicateLocalStorage':
		case 'duplicateProbe':
		case 'duplicateRole':
		case 'duplicateSiteName':
		case 'emulatorStorage':
		case 'ignoreWithoutReason':
		case 'ignoredInEmulator':
		case 'internalEndpointsWithoutSites':
		case 'localStorageTooLarge':
		case 'missingOsImage':
		case 'missingSourceDirectory':
		case 'missingVirtualNetwork':
		case 'needsVirtualNetwork':
		case 'noTrafficSource':
		case 'osFamilyNeedsSdk':
		case 'placeholderThumbprint':
		case 'portRangeOverlap':
		case 'reservedPort':
		case 'scriptWithMark':
		case 'secretInFile':
		case 'serviceNamedLikeRole':
		case 'sharedLocalPort':
		case 'siteWithoutDirectory':
		case 'staticAddressWithoutSubnet':
		case 'thumbprintLength':
		case 'tooManyCertificates':
		case 'tooManyEndpoints':
		case 'tooManyRoles':
		case 'virtualNetworkElsewhere':
		case 'virtualNetworkId':
		case 'vmRoleGone':
		case 'vmRoleInNewSchema':
		case 'webRoleWithoutHttp':
			return [];
	}
}

/** The name that was most likely meant; the only one there is, where nothing is near. */
function near(
	file: ParsedFile,
	{ span, name, known }: RuleProblem & { readonly name: string; readonly known: readonly string[] },
): readonly FixDraft[] {
	const found = nearest(name, known) ?? (known.length === 1 ? known[0] : undefined);
	return found === undefined ? [] : [replaceValue(file, span, found, true)];
}

/** The last entry of a list that may not be empty stays. */
function isNeeded(file: ParsedFile, { span, code }: RuleProblem): boolean {
	const mayBeEmpty = code !== 'duplicateBinding' && code !== 'repeatedDestination' && code !== 'unusedLoadBalancer';
	return !mayBeEmpty && elementAt(file.document, span.start)?.parent?.children.length === 1;
}
