import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { Failure, textOfError } from '../../base/failure';
import type { SecureEndpoint } from '../../lifecycle/siteHost';
import { selfSignedIn } from './selfSigned';

/** The file of a certificate with its key, as `rolewright.json` names it: PEM, or PKCS #12 (`.pfx`). The paths are absolute. */
export interface CertificateFile {
	readonly file: string;
	/** PEM: the file of the key, where it does not stand in the same. */
	readonly key?: string;
	readonly password?: string;
}

/** Asked anew at each start of an instance. Throws a `Failure` with what is wrong about what was named. */
export type CertificateOf = (role: string, certificate: string) => CertificateFile | undefined;

export interface EndpointCertificate {
	readonly options: SecureContextOptions;
	/** What a person should know of it: sentences. */
	readonly notes: readonly string[];
}

export interface CertificateRequest {
	readonly role: string;
	readonly endpoint: SecureEndpoint;
	/** The host headers of the sites that answer there. */
	readonly hosts: readonly string[];
	readonly certificateOf: CertificateOf;
	/** Where the certificate of this machine is kept. */
	readonly folder: string;
}

/** What an https endpoint shows its clients: the user's certificate where one is named, else one made for this machine. Throws a `Failure`. */
export function endpointCertificate(request: CertificateRequest): EndpointCertificate {
	const { role, endpoint, hosts, certificateOf, folder } = request;
	const named = endpoint.certificate === undefined ? undefined : certificateOf(role, endpoint.certificate);
	if (named) {
		return userCertificate(named, endpoint);
	}
	const { cert, key, file } = selfSignedIn(folder, hosts);
	const instead =
		endpoint.certificate === undefined
			? 'Give the endpoint a certificate in the service definition, and its file'
			: `Name the file of '${endpoint.certificate}'`;
	const note = `The endpoint '${endpoint.name}' speaks TLS with a certificate that was made for this machine (${file}), which browsers warn of. ${instead} as 'roles.${role}.certificates' in rolewright.json, or trust this one.`;
	return { options: { cert, key }, notes: [note] };
}

function userCertificate(named: CertificateFile, endpoint: SecureEndpoint): EndpointCertificate {
	const options = readCertificate(named);
	const thumbprint = thumbprintOf(options);
	const declared = endpoint.thumbprint?.replace(/[^\da-f]/gi, '').toUpperCase();
	const isOther =
		thumbprint !== undefined && declared !== undefined && /[^0]/.test(declared) && declared !== thumbprint;
	return {
		options,
		notes: isOther
			? [
					`The file of the certificate '${endpoint.certificate}' has the thumbprint ${thumbprint}, and the configuration says ${declared}: Azure takes the one that the configuration names.`,
				]
			: [],
	};
}

function readCertificate({ file, key = file, password }: CertificateFile): SecureContextOptions {
	const secret = password === undefined ? {} : { passphrase: password };
	const content = readNamed(file);
	if (!content.includes('-----BEGIN ')) {
		return checked(file, { pfx: content, ...secret });
	}
	const keyContent = readNamed(key);
	if (!keyContent.includes('PRIVATE KEY-----')) {
		throw new Failure(
			`The certificate '${file}' cannot be used: '${key}' holds no key; name the file of its key as 'key'.`,
		);
	}
	return checked(file, { cert: content, key: keyContent, ...secret });
}

function readNamed(file: string): Buffer {
	try {
		return readFileSync(file);
	} catch {
		throw new Failure(`The certificate '${file}' cannot be used: there is no such file, or it cannot be read.`);
	}
}

function checked(file: string, options: SecureContextOptions): SecureContextOptions {
	try {
		createSecureContext(options);
		return options;
	} catch (error) {
		throw new Failure(`The certificate '${file}' cannot be used: ${reasonOf(error)}`);
	}
}

/** What OpenSSL says is for those who know it. */
function reasonOf(error: unknown): string {
	const text = textOfError(error);
	if (/mac verify failure|bad decrypt|bad password|interrupted or cancelled|empty password/i.test(text)) {
		return "the password is missing or wrong: say it as 'password', or name the environment variable that holds it as 'passwordVariable'.";
	}
	if (/unsupported/i.test(text)) {
		return 'it is encrypted in a way that is given up by now (RC2 or 3DES): export it anew with AES, or as PEM.';
	}
	if (/key values mismatch/i.test(text)) {
		return "its key belongs to another certificate: name the right file as 'key'.";
	}
	return `it must be a .pfx, or PEM with the certificate and its key (${text}).`;
}

/** SHA-1 over the certificate, as cscfg.md 3 names it; undefined where this Node does not tell. */
function thumbprintOf(options: SecureContextOptions): string | undefined {
	const { context }: { readonly context: { getCertificate?(): unknown } } = createSecureContext(options);
	const certificate = context.getCertificate?.();
	return Buffer.isBuffer(certificate) ? createHash('sha1').update(certificate).digest('hex').toUpperCase() : undefined;
}
