// Who we are to a server: headers and a client certificate for each request, and what to do when they are refused.
import type {ClientCertificate} from '../transport/wire.ts';

/** One identity, good for one request. The same object is given out until it changes. */
export type Identity = {
  readonly headers: Readonly<Record<string, string>>;
  readonly certificate?: ClientCertificate | undefined;
};

/** Gives identities and renews them. */
export interface Credentials {
  identity(): Promise<Identity>;
  /** After a 401 for `used`: true when a newer identity is worth one more try. */
  renew(used: Identity): Promise<boolean>;
  /** Starts over with the user's help: a plugin may ask for a password or open a browser. */
  logIn?(): Promise<void>;
}

/** No identity at all. */
export const anonymous: Credentials = {
  identity: async () => ({headers: {}}),
  renew: async () => false,
};
