import { childrenNamed, type XmlDocument } from '../xml/syntax';
import { attributeValue, listed, portOf } from './elements';
import { type KnownModule, type ModuleEndpoint, moduleFrom } from './modules';
import { fileOf, folderOf } from './paths';
import { readEndpoints } from './readEndpoints';

/**
 * What a `.csplugin` file adds to the roles that import it: the name of its folder is the name that they import (csdef.md
 * 5 and 13). `undefined` for a text that is no module.
 */
export function readModule(path: string, { root }: XmlDocument): KnownModule | undefined {
	const namespace = root?.localName === 'RoleModule' ? attributeValue(root, 'namespace') : undefined;
	const moduleName = fileOf(folderOf(path));
	if (!root || !namespace || moduleName === '') {
		return undefined;
	}
	const names = (list: string, item: string) =>
		listed(root, list, item).flatMap(each => attributeValue(each, 'name') || []);
	const file = fileOf(path);
	return moduleFrom(moduleName, namespace, {
		settings: names('ConfigurationSettings', 'Setting'),
		certificates: names('Certificates', 'Certificate'),
		endpoints: readEndpoints(root).flatMap(({ name, kind, protocol, element }): readonly ModuleEndpoint[] => {
			const fixed = childrenNamed(element, 'FixedPort')[0];
			const port = kind === 'instanceInput' ? undefined : (portOf(element, 'port') ?? portOf(fixed, 'port'));
			return name?.text ? [{ name: name.text, kind, protocol: protocol ?? 'tcp', port }] : [];
		}),
		meaning: `A module of this workspace, described by \`${file}\`.`,
	});
}
