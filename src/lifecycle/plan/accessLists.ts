import type { Configuration } from '../../model/configuration';
import type { Definition } from '../../model/definition';
import { attributeValue } from '../../model/elements';
import { type AccessControl, networkOf } from '../../model/network';
import { type AccessList, type AccessRule, isSubnet } from '../endpoints/accessList';
import type { RolePlan } from './deploymentPlan';

/** What `rolewright.json` says of the lists: they are applied, and some clients stand for others. */
export interface AccessChoice {
	readonly clients: Readonly<Record<string, string>>;
}

/** The role with the lists of its input endpoints (cscfg.md 4.3), and what a person should know of them. */
export function withAccessLists(
	role: RolePlan,
	configuration: Configuration,
	choice: AccessChoice | undefined,
): { readonly role: RolePlan; readonly notes: readonly string[] } {
	const notes: string[] = [];
	const endpoints = role.endpoints.map(endpoint => {
		const control = endpoint.kind === 'internal' ? undefined : controlOf(configuration, role.name, endpoint.name);
		if (control === undefined) {
			return endpoint;
		}
		const name = control.name?.text ?? '';
		const of = `The access control list '${name}' of the endpoint '${endpoint.name}' of the role '${role.name}'`;
		if (choice === undefined) {
			notes.push(
				`${of} is not applied: here every client has an address of this machine. To rehearse it, set 'accessControls' in rolewright.json.`,
			);
			return endpoint;
		}
		const access = { ...accessList(name, control), clients: choice.clients };
		const example = Object.entries(choice.clients).map(([from, to]) => `${from} stands for ${to}`);
		const standing =
			example.length === 0
				? "none stands for another ('accessControls.clients' in rolewright.json)"
				: example.join(', ');
		notes.push(
			`${of} is applied to the addresses of this machine (${standing}): a client chooses the one that it connects from, as 'curl --interface 127.0.0.2' does.`,
		);
		for (const { remoteSubnet } of control.rules) {
			if (remoteSubnet && !isSubnet(remoteSubnet.text)) {
				notes.push(`${of} has a rule for '${remoteSubnet.text}', which is no network: it is left out.`);
			}
		}
		return { ...endpoint, access };
	});
	return { role: { ...role, endpoints }, notes };
}

/** Instances connect with each other directly, so that nobody stands between them who could apply a rule (csdef.md 14). */
export function trafficNotes({ trafficRules }: Definition): readonly string[] {
	const rules = trafficRules.flatMap(({ destinations, fromRoles }) =>
		destinations.map(({ roleName, endpointName }) => {
			const sources = fromRoles.map(({ text }) => `'${text}'`).join(', ');
			return `'${endpointName?.text}' of '${roleName?.text}' ${sources === '' ? 'by every role' : `by ${sources}`}`;
		}),
	);
	return rules.length === 0
		? []
		: [
				`The NetworkTrafficRules are not applied: here instances reach each other directly, and no address tells which instance a connection comes from. On Azure these internal endpoints can be reached: ${rules.join('; ')}.`,
			];
}

function controlOf(configuration: Configuration, role: string, endpoint: string): AccessControl | undefined {
	const { accessControls, endpointAcls } = networkOf(configuration);
	const acl = endpointAcls.find(each => each.role?.text === role && each.endpoint?.text === endpoint);
	return acl && accessControls.find(({ name }) => name?.text === acl.accessControl?.text);
}

function accessList(name: string, { rules }: AccessControl): Omit<AccessList, 'clients'> {
	const read = rules.flatMap(({ element, order = 0, remoteSubnet }): AccessRule[] => {
		const action = attributeValue(element, 'action');
		const description = attributeValue(element, 'description');
		const isRule = (action === 'permit' || action === 'deny') && remoteSubnet && isSubnet(remoteSubnet.text);
		return isRule ? [{ order, action, subnet: remoteSubnet.text, ...(description && { description }) }] : [];
	});
	return { name, rules: read.sort((a, b) => a.order - b.order) };
}
