import { attributeValue } from '../model/elements';
import { insertElements, type Markup } from '../model/markup';
import { networkOf } from '../model/network';
import type { Service } from '../model/service';
import { draft, type FixDraft } from './fix';

/** Puts a role into a subnet that other roles of the configuration are in. */
export function assignSubnet(service: Service, path: string, roleName: string): readonly FixDraft[] {
	const configuration = service.configurations.find(each => each.path === path);
	const addresses = configuration ? networkOf(configuration).addresses : [];
	const last = addresses.at(-1)?.element;
	if (!configuration || !last?.parent || addresses.some(address => address.roleName?.text === roleName)) {
		return [];
	}
	const assignments = last.parent;
	const names = addresses.flatMap(({ subnets }) => subnets.flatMap(subnet => attributeValue(subnet, 'name') ?? []));
	return [...new Set(names)].map(name => {
		const subnets: Markup = { name: 'Subnets', children: [{ name: 'Subnet', attributes: [['name', name]] }] };
		const markup: Markup = { name: 'InstanceAddress', attributes: [['roleName', roleName]], children: [subnets] };
		const edit = insertElements(configuration.document, assignments, [markup], { after: last });
		return draft(`Put the role '${roleName}' into the subnet '${name}'`, path, [edit]);
	});
}

/** Binds a site of a web role to an endpoint. */
export function bindSite(service: Service, roleName: string, endpoint: string): readonly FixDraft[] {
	const { definition } = service;
	const role = definition?.roles.find(each => each.name?.text === roleName);
	return (role?.sites ?? []).flatMap(site => {
		const last = site.bindings.at(-1)?.element;
		if (!definition || !last?.parent) {
			return [];
		}
		const taken = new Set(site.bindings.map(({ element }) => attributeValue(element, 'name')?.toLowerCase()));
		const name = taken.has(endpoint.toLowerCase()) ? `${endpoint}Binding` : endpoint;
		const attributes: Markup['attributes'] = [
			['name', name],
			['endpointName', endpoint],
		];
		const edit = insertElements(definition.document, last.parent, [{ name: 'Binding', attributes }], { after: last });
		return [draft(`Bind the site '${site.name?.text ?? ''}' to '${endpoint}'`, definition.path, [edit])];
	});
}
