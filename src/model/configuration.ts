import type { Token } from '../base/span';
import type { XmlDocument, XmlElement } from '../xml/syntax';

/** A service configuration as its readers need it (cscfg.md). `name` is `Local` for `ServiceConfiguration.Local.cscfg`, empty for none. */
export interface Configuration {
	readonly path: string;
	readonly name: string;
	readonly document: XmlDocument;
	readonly element: XmlElement | undefined;
	readonly serviceName: Token | undefined;
	readonly osFamily: string | undefined;
	readonly schemaVersion: string | undefined;
	readonly roles: readonly RoleConfiguration[];
}

/** What messages call a configuration: its name, or its file where that gives none (`ServiceConfiguration.cscfg`). */
export function labelOf({ name, path }: Configuration): string {
	return name === '' ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : name;
}

export interface RoleConfiguration {
	readonly element: XmlElement;
	readonly name: Token | undefined;
	/** `undefined` where it is missing or no number. */
	readonly instances:
		| { readonly element: XmlElement; readonly count: number | undefined; readonly countToken: Token | undefined }
		| undefined;
	readonly settings: readonly SettingValue[];
	readonly certificates: readonly CertificateValue[];
	/** The disk image of a VM role. */
	readonly osImage?: string;
}

export interface SettingValue {
	readonly element: XmlElement;
	readonly name: Token;
	/** Decoded; `undefined` where the attribute is missing. */
	readonly value: string | undefined;
}

export interface CertificateValue {
	readonly element: XmlElement;
	readonly name: Token;
	readonly thumbprint: string | undefined;
}
