/** How the ports of a deployment are filed: by who has them, a role or an instance, and the endpoint. */
export function filedUnder(owner: string, endpoint: string): string {
	return `${owner}/${endpoint}`;
}

export function ownerOf(key: string): string {
	return key.slice(0, key.indexOf('/'));
}

export function endpointOf(key: string): string {
	return key.slice(key.indexOf('/') + 1);
}

/** An instance input endpoint has a public side for each instance, named for it. */
export function instanceFront(endpoint: string, index: number): string {
	return `${endpoint}_IN_${index}`;
}
