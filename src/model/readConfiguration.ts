import { localName, type XmlDocument, type XmlElement } from '../xml/syntax';
import type { CertificateValue, Configuration, RoleConfiguration, SettingValue } from './configuration';
import { attributeValue, childNamed, childrenNamed, integerOf, listed, tokenOf } from './elements';

const transformNamespace = 'http://schemas.microsoft.com/XML-Document-Transform';

/** Reads a configuration from any tree, half-typed ones included. What is missing is left out. */
export function readConfiguration(path: string, document: XmlDocument): Configuration {
	const root = document.root;
	const element = root && localName(root) === 'ServiceConfiguration' ? root : undefined;
	return {
		path,
		name: configurationName(path),
		document,
		element,
		serviceName: tokenOf(element, 'serviceName'),
		osFamily: attributeValue(element, 'osFamily'),
		schemaVersion: attributeValue(element, 'schemaVersion'),
		roles: childrenNamed(element, 'Role').map(readRole),
	};
}

/** `Local` of `ServiceConfiguration.Local.cscfg`, `Cloud - East` of `ServiceConfiguration.Cloud - East.cscfg`, empty for none. */
export function configurationName(path: string): string {
	const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	const stem = file.replace(/\.cscfg$/i, '');
	const dot = stem.indexOf('.');
	return dot < 0 ? '' : stem.slice(dot + 1);
}

/** A transform of another configuration is recognised by its namespace and is no configuration itself (cscfg.md 7.1). */
export function isTransform(document: XmlDocument): boolean {
	return (
		document.root?.attributes.some(
			attribute => attribute.name.text.startsWith('xmlns') && attribute.value === transformNamespace,
		) ?? false
	);
}

function readRole(element: XmlElement): RoleConfiguration {
	const instances = childNamed(element, 'Instances');
	return {
		element,
		name: tokenOf(element, 'name'),
		instances: instances && {
			element: instances,
			count: integerOf(instances, 'count'),
			countToken: tokenOf(instances, 'count'),
		},
		settings: listed(element, 'ConfigurationSettings', 'Setting').flatMap(readSetting),
		certificates: listed(element, 'Certificates', 'Certificate').flatMap(readCertificate),
	};
}

function readSetting(element: XmlElement): readonly SettingValue[] {
	const name = tokenOf(element, 'name');
	return name ? [{ element, name, value: attributeValue(element, 'value') }] : [];
}

function readCertificate(element: XmlElement): readonly CertificateValue[] {
	const name = tokenOf(element, 'name');
	return name ? [{ element, name, thumbprint: attributeValue(element, 'thumbprint') }] : [];
}
