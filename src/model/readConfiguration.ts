import { child, childrenNamed, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { CertificateValue, Configuration, RoleConfiguration, SettingValue } from './configuration';
import { attributeValue, integerOf, listed, readAll, tokenOf } from './elements';
import { readOnce } from './readOnce';

/** Reads a configuration from any tree, half-typed ones included. What is missing is left out. */
export function readConfiguration(path: string, document: XmlDocument): Configuration {
	const root = document.root;
	const element = root?.localName === 'ServiceConfiguration' ? root : undefined;
	return {
		path,
		name: configurationName(path),
		document,
		element,
		serviceName: tokenOf(element, 'serviceName'),
		osFamily: attributeValue(element, 'osFamily'),
		schemaVersion: attributeValue(element, 'schemaVersion'),
		roles: childrenNamed(element, 'Role').map(roleOf),
	};
}

/** `Local` of `ServiceConfiguration.Local.cscfg`, `Cloud - East` of `ServiceConfiguration.Cloud - East.cscfg`, empty for none. */
export function configurationName(path: string): string {
	const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	const stem = file.replace(/\.cscfg$/i, '');
	const dot = stem.indexOf('.');
	return dot < 0 ? '' : stem.slice(dot + 1);
}

const roleOf = readOnce(readRole);

function readRole(element: XmlElement): RoleConfiguration {
	const instances = child(element, 'Instances');
	const osImage = attributeValue(child(element, 'OsImage'), 'href');
	return {
		element,
		name: tokenOf(element, 'name'),
		instances: instances && {
			element: instances,
			count: integerOf(instances, 'count'),
			countToken: tokenOf(instances, 'count'),
		},
		settings: readAll(listed(element, 'ConfigurationSettings', 'Setting'), readSetting),
		certificates: readAll(listed(element, 'Certificates', 'Certificate'), readCertificate),
		...(osImage && { osImage }),
	};
}

function readSetting(element: XmlElement): SettingValue | undefined {
	const name = tokenOf(element, 'name');
	return name && { element, name, value: attributeValue(element, 'value') };
}

function readCertificate(element: XmlElement): CertificateValue | undefined {
	const name = tokenOf(element, 'name');
	return name && { element, name, thumbprint: attributeValue(element, 'thumbprint') };
}
