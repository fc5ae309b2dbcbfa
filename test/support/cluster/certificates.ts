// Makes certificate authorities and certificates: just enough DER to write X.509 v3, because Node only reads it.
import {X509Certificate, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign} from 'node:crypto';
import {isIPv4} from 'node:net';

export type Certificate = {readonly certificate: string; readonly key: string};

export type Subject = {
  readonly commonName: string;
  /** Groups, for Kubernetes. */
  readonly organizations?: readonly string[];
  /** DNS names and IPv4 addresses the certificate serves. Without any it is a client's certificate. */
  readonly serves?: readonly string[];
  readonly validSeconds?: number;
};

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const bytes = (tag: number, ...values: readonly number[]): Buffer => der(tag, Buffer.from(values));
const positive = (value: Uint8Array): Buffer =>
  der(0x02, (value[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), value]) : value);
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const bitString = (value: Uint8Array): Buffer => der(0x03, Buffer.from([0]), value);

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const body = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return bytes(0x06, first * 40 + second, ...body);
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

function nameOf({commonName, organizations = []}: Subject): Buffer {
  const attribute = (id: string, value: string): Buffer => der(0x31, sequence(objectId(id), text(value)));
  return sequence(...organizations.map((each) => attribute('2.5.4.10', each)), attribute('2.5.4.3', commonName));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  // UTCTime until 2049, as RFC 5280 wants.
  return der(0x17, Buffer.from(digits.slice(2)));
}

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(objectId(id), ...(critical ? [bytes(0x01, 0xff)] : []), der(0x04, value));
}

function alternativeNames(names: readonly string[]): Buffer {
  return sequence(
    ...names.map((name) => (isIPv4(name) ? bytes(0x87, ...name.split('.').map(Number)) : der(0x82, Buffer.from(name)))),
  );
}

function keyId(publicKey: Uint8Array): Buffer {
  return createHash('sha1').update(publicKey).digest();
}

function make(
  subject: Subject,
  signer: (Certificate & {readonly name: Buffer; readonly publicKey: Buffer}) | 'itself',
): Certificate {
  const pair = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const publicKey = pair.publicKey.export({type: 'spki', format: 'der'});
  const name = nameOf(subject);
  const isAuthority = signer === 'itself';
  const extensions = [
    extension('2.5.29.14', der(0x04, keyId(publicKey))),
    extension('2.5.29.35', sequence(der(0x80, keyId(isAuthority ? publicKey : signer.publicKey)))),
    isAuthority ? extension('2.5.29.19', sequence(bytes(0x01, 0xff)), true) : extension('2.5.29.19', sequence(), true),
    // Key usage: certificate and revocation-list signing, or digital signature.
    extension('2.5.29.15', isAuthority ? bytes(0x03, 1, 0x06) : bytes(0x03, 7, 0x80), true),
  ];
  if (!isAuthority) {
    const use = subject.serves ? ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] : ['1.3.6.1.5.5.7.3.2'];
    extensions.push(extension('2.5.29.37', sequence(...use.map(objectId))));
    if (subject.serves) extensions.push(extension('2.5.29.17', alternativeNames(subject.serves)));
  }
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = sequence(
    der(0xa0, bytes(0x02, 2)),
    positive(serial),
    ecdsaWithSha256,
    isAuthority ? name : signer.name,
    sequence(time(new Date(now - 60_000)), time(new Date(now + (subject.validSeconds ?? 365 * 86_400) * 1000))),
    name,
    publicKey,
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, isAuthority ? pair.privateKey : signer.key);
  const raw = sequence(body, ecdsaWithSha256, bitString(signature));
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: pair.privateKey.export({type: 'sec1', format: 'pem'}),
  };
}

/** A certificate authority that signs itself. */
export function makeAuthority(commonName: string): Certificate {
  return make({commonName}, 'itself');
}

/** A certificate signed by the authority: for a server when `serves` is given, for a client otherwise. */
export function issue(authority: Certificate, subject: Subject): Certificate {
  const publicKey = createPublicKey(createPrivateKey(authority.key)).export({type: 'spki', format: 'der'});
  const commonName = /CN=([^\n]+)/.exec(new X509Certificate(authority.certificate).subject)?.[1] ?? '';
  return make(subject, {...authority, name: nameOf({commonName}), publicKey});
}

/** A key pair in PEM for signing tokens. */
export function makeSigningKey(): {readonly privateKey: string; readonly publicKey: string} {
  const pair = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  return {
    privateKey: pair.privateKey.export({type: 'sec1', format: 'pem'}),
    publicKey: pair.publicKey.export({type: 'spki', format: 'pem'}),
  };
}
