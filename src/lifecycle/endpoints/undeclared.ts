import type { Listening } from '../network';
import type { RolePlan } from '../plan/deploymentPlan';

/**
 * What a person should know of the ports that a process listens on: nobody reaches it on Azure where no endpoint declares
 * the port, and nobody reaches it here at another address than its own. One sentence each.
 */
export function undeclaredListening(
	role: RolePlan,
	listeners: readonly Listening[],
	placeOf: (endpoint: string) => Listening | undefined,
): readonly string[] {
	if (role.endpoints.some(endpoint => endpoint.kind === 'internal' && endpoint.protocol === 'any')) {
		return [];
	}
	const places = role.endpoints.flatMap(({ name }) => {
		const place = placeOf(name);
		return place ? [{ name, ...place }] : [];
	});
	return [...new Map(listeners.map(each => [`${each.address} ${each.port}`, each])).values()].flatMap(listener => {
		const { address, port } = listener;
		const declared = places.find(place => place.port === port);
		if (declared === undefined) {
			return [
				`The instance listens at ${shown(listener)}, which no endpoint declares: on Azure nobody outside of the instance reaches it. Declare an endpoint for it, and listen where the role environment says that endpoint is.`,
			];
		}
		if (isEverywhere(address) || address === declared.address) {
			return [];
		}
		return [
			`The instance listens at ${shown(listener)}, but its endpoint '${declared.name}' is at ${shown(declared)}, and connections are sent there: listen at the address of the endpoint, or at every address.`,
		];
	});
}

/** The addresses that stand for all of them. */
function isEverywhere(address: string): boolean {
	return address === '0.0.0.0' || address === '::';
}

function shown({ address, port }: Listening): string {
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
