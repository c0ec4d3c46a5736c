import type { NameKind } from '../model/names';

/** What each kind of name is called in a sentence. */
export const kindWords: Readonly<Record<NameKind, string>> = {
	service: 'service',
	role: 'role',
	setting: 'setting',
	certificate: 'certificate',
	endpoint: 'endpoint',
	localStorage: 'local storage',
	probe: 'load balancer probe',
	loadBalancer: 'internal load balancer',
	accessControl: 'access control list',
};
