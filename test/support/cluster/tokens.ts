// Signs the tokens of the run's OIDC issuer.
import {createHash, createPrivateKey, createPublicKey, randomUUID, sign} from 'node:crypto';

export type TokenFor = {
  readonly user: string;
  readonly groups: readonly string[];
  readonly audience: string;
  /** Negative for a token that has expired already. */
  readonly lifetimeSeconds: number;
};

/** The people the issuer knows. */
export const people = {
  oidc: {user: 'olive', groups: ['kdeck-oidc'], audience: 'kdeck-oidc', lifetimeSeconds: 600},
  exec: {user: 'edgar', groups: ['kdeck-exec'], audience: 'kdeck-exec', lifetimeSeconds: 30},
} as const satisfies Record<string, TokenFor>;

/** What the OIDC client needs beside its id: not a secret on a loopback issuer, but the protocol wants one. */
export const clientSecret = 'kdeck-client-secret';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The public half as a JSON Web Key, with the id the tokens name. */
export function webKey(privateKey: string): Record<string, unknown> {
  const key = createPublicKey(createPrivateKey(privateKey)).export({format: 'jwk'});
  const kid = createHash('sha256')
    .update(`${String(key['x'])}.${String(key['y'])}`)
    .digest('hex')
    .slice(0, 16);
  return {...key, kid, use: 'sig', alg: 'ES256'};
}

/** A signed id token. */
export function signToken(privateKey: string, issuer: string, {user, groups, audience, lifetimeSeconds}: TokenFor): string {
  const now = Math.floor(Date.now() / 1000);
  const head = part({alg: 'ES256', typ: 'JWT', kid: webKey(privateKey)['kid']});
  const issued = lifetimeSeconds < 0 ? now + lifetimeSeconds - 60 : now;
  const body = part({iss: issuer, aud: audience, sub: user, groups, iat: issued, exp: now + lifetimeSeconds, jti: randomUUID()});
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), {key: privateKey, dsaEncoding: 'ieee-p1363'});
  return `${head}.${body}.${signature.toString('base64url')}`;
}
