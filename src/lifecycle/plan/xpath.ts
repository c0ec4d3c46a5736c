import type { RoleEnvironment } from '../roleEnvironment';

/**
 * The documented paths of `RoleInstanceValue` (csdef.md 9.1), evaluated over the role environment. Undefined where the
 * path has no such form or names nothing.
 */
export function valueOfPath(path: string, environment: RoleEnvironment): string | undefined {
	const match = documentedPath.exec(path.trim());
	if (match?.groups === undefined) {
		return undefined;
	}
	const { deployment, own, collection, name, attribute } = match.groups;
	if (deployment !== undefined) {
		return deployment === 'id' ? environment.deploymentId : String(environment.emulated);
	}
	if (own !== undefined) {
		return ownValue(own, environment);
	}
	return namedValue(collection ?? '', name?.slice(1, -1) ?? '', attribute ?? '', environment);
}

const documentedPath =
	/^\/RoleEnvironment\/(?:Deployment\/@(?<deployment>id|emulated)|CurrentInstance\/(?:@(?<own>id|roleName|faultDomain|updateDomain)|(?<collection>ConfigurationSettings\/ConfigurationSetting|LocalResources\/LocalResource|Endpoints\/Endpoint)\[\s*@name\s*=\s*(?<name>'[^']*'|"[^"]*")\s*\]\/@(?<attribute>\w+)))$/;

function ownValue(attribute: string, environment: RoleEnvironment): string | undefined {
	switch (attribute) {
		case 'id':
			return environment.instanceId;
		case 'roleName':
			return environment.roleName;
		case 'faultDomain':
			return String(environment.faultDomain);
		default:
			return String(environment.updateDomain);
	}
}

function namedValue(collection: string, name: string, attribute: string, environment: RoleEnvironment) {
	switch (`${collection.split('/')[1]}/@${attribute}`) {
		case 'ConfigurationSetting/@value':
			return Object.hasOwn(environment.settings, name) ? environment.settings[name] : undefined;
		case 'LocalResource/@path':
			return environment.localResources.find(resource => resource.name === name)?.path;
		case 'LocalResource/@sizeInMB':
			return environment.localResources.find(resource => resource.name === name)?.sizeInMB.toString();
		case 'Endpoint/@protocol':
			return ownEndpoint(name, environment)?.protocol;
		case 'Endpoint/@address':
			return ownEndpoint(name, environment)?.address;
		case 'Endpoint/@port':
			return ownEndpoint(name, environment)?.port.toString();
		default:
			return undefined;
	}
}

function ownEndpoint(name: string, environment: RoleEnvironment) {
	const role = environment.roles.find(other => other.name === environment.roleName);
	const instance = role?.instances.find(other => other.id === environment.instanceId);
	return instance?.endpoints.find(endpoint => endpoint.name === name);
}
