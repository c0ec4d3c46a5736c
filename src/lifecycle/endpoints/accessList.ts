/** The list that decides who may connect to an input endpoint (cscfg.md 4.3). */
export interface AccessList {
	readonly name: string;
	/** In the order in which they are asked. */
	readonly rules: readonly AccessRule[];
	/**
	 * Addresses of this machine that stand for others: here every client is local, and a list of real networks would let
	 * nobody in.
	 */
	readonly clients: Readonly<Record<string, string>>;
}

export interface AccessRule {
	readonly order: number;
	readonly action: 'permit' | 'deny';
	/** `203.0.113.0/24`, or an address. */
	readonly subnet: string;
	readonly description?: string;
}

/** Undefined where the client may come in, else why not: the end of a sentence. */
export function refusalOf({ name, rules, clients }: AccessList, client: string): string | undefined {
	const address = addressOf(standsFor(clients, client));
	const rule = rules.find(({ subnet }) => address !== undefined && isIn(subnet, address));
	if (rule) {
		const called = rule.description ? `'${rule.description}'` : `with order ${rule.order}`;
		return rule.action === 'permit'
			? undefined
			: `the rule ${called} of the access control list '${name}' denies ${rule.subnet}`;
	}
	// Who permits some denies the others; who only denies some permits them.
	return rules.some(({ action }) => action === 'permit')
		? `no rule of the access control list '${name}' permits it`
		: undefined;
}

/** `203.0.113.7 (127.0.0.2)`: as the list sees it, and as it came. */
export function clientText({ clients }: AccessList, client: string): string {
	const other = standsFor(clients, client);
	return other === client ? client : `${other} (${client})`;
}

/** True for an address of IPv4, and no network. */
export function isAddress(text: string): boolean {
	return addressOf(text) !== undefined;
}

/** False for what is neither an address nor a network of IPv4. */
export function isSubnet(subnet: string): boolean {
	return subnetOf(subnet) !== undefined;
}

function standsFor(clients: AccessList['clients'], client: string): string {
	return (Object.hasOwn(clients, client) && clients[client]) || client;
}

function isIn(subnet: string, address: number): boolean {
	const network = subnetOf(subnet);
	return network !== undefined && Math.floor(address / network.size) === Math.floor(network.address / network.size);
}

function subnetOf(text: string): { readonly address: number; readonly size: number } | undefined {
	const [, written = '', length = '32'] = /^\s*([\d.]+)(?:\/(\d{1,2}))?\s*$/.exec(text) ?? [];
	const address = addressOf(written);
	return address === undefined || Number(length) > 32 ? undefined : { address, size: 2 ** (32 - Number(length)) };
}

function addressOf(text: string): number | undefined {
	const parts = text.replace(/^::ffff:/i, '').split('.');
	const isAddress = parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
	return isAddress ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}
