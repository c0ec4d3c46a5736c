import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import path from 'node:path';

/** A certificate with its key, both as PEM. */
export interface SelfSigned {
	readonly cert: string;
	readonly key: string;
	/** Where both stand, for whoever wants to trust it. */
	readonly file: string;
}

const day = 24 * 3_600_000;
/** What browsers accept. */
const validFor = 365 * day;
/** One that ends soon is made anew. */
const leastLeft = 7 * day;

/**
 * The certificate of this service on this machine for these host names: made when it is first needed, and kept in the
 * folder, so that whoever trusts it once need not do so again.
 */
export function selfSignedIn(folder: string, hosts: readonly string[]): SelfSigned {
	const names = [...new Set(['localhost', ...hosts.filter(isHostName).map(host => host.toLowerCase())])];
	const label = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12);
	const file = path.join(folder, `${label}.pem`);
	const kept = keptIn(file);
	if (kept) {
		return kept;
	}
	const made = selfSigned(names);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	writeFileSync(`${file}.new`, made.cert + made.key, { mode: 0o600 });
	renameSync(`${file}.new`, file);
	return { ...made, file };
}

function keptIn(file: string): SelfSigned | undefined {
	try {
		const text = readFileSync(file, 'utf8');
		const [cert = ''] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/.exec(text) ?? [];
		const key = text.slice(cert.length);
		const read = new X509Certificate(cert);
		const isGood = read.checkPrivateKey(createPrivateKey(key)) && Date.parse(read.validTo) - Date.now() > leastLeft;
		return isGood ? { cert, key, file } : undefined;
	} catch {
		return undefined;
	}
}

function isHostName(host: string): boolean {
	return (
		host.length < 254 && /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(host) && !isIPv4(host)
	);
}

/** For these names and this machine's own addresses (RFC 5280, written in DER); elliptic, because such a key is made in no time. */
export function selfSigned(names: readonly string[]): { readonly cert: string; readonly key: string } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const from = Date.now() - day;
	// A positive number of 16 bytes.
	const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
	const name = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from('localhost (Rolewright)')))));
	const body = sequence(
		tagged(0xa0, integer(Buffer.from([2]))),
		integer(serial),
		ecdsaWithSha256,
		name,
		sequence(time(from), time(from + validFor)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(0xa3, extensions(names)),
	);
	const signature = sign('sha256', body, privateKey);
	const whole = sequence(body, ecdsaWithSha256, bits(signature));
	const lines = whole.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}

/** No authority, for servers only, and for whom. */
function extensions(names: readonly string[]): Buffer {
	const addresses = [Buffer.from([127, 0, 0, 1]), Buffer.concat([Buffer.alloc(15), Buffer.from([1])])];
	const alternatives = sequence(
		...names.map(name => tagged(0x82, Buffer.from(name))),
		...addresses.map(address => tagged(0x87, address)),
	);
	return sequence(
		extension('551d13', true, sequence()),
		extension('551d0f', true, tagged(0x03, Buffer.from([7, 0x80]))),
		extension('551d25', false, sequence(oid('2b06010505070301'))),
		extension('551d11', false, alternatives),
	);
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
	const flag = critical ? [tagged(0x01, Buffer.from([0xff]))] : [];
	return sequence(oid(id), ...flag, tagged(0x04, value));
}

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

function sequence(...parts: readonly Buffer[]): Buffer {
	return tagged(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
	return tagged(0x06, Buffer.from(hex, 'hex'));
}

function integer(bytes: Buffer): Buffer {
	return tagged(0x02, bytes);
}

function bits(bytes: Buffer): Buffer {
	return tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

/** UTCTime, which stands for the years until 2049. */
function time(at: number): Buffer {
	const text = `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`;
	return tagged(0x17, Buffer.from(text));
}

function tagged(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const bytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
