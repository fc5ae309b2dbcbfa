// Headers that every request of a session carries: who is asking, and as whom.
import type {UserStanza} from '../kubeconfig/model.ts';
import type {WireHeaders} from './wire.ts';

/** kubectl's version that kdeck matches; the server takes field managers from the word before the slash. */
export const KUBECTL_VERSION = 'v1.36.3';

/** `kubectl/v1.36.3 (linux/amd64) kdeck`: Go's names for system and processor. */
export const userAgent = (program = 'kubectl', version = KUBECTL_VERSION): string =>
  `${program}/${version} (${goOs()}/${goArch()}) kdeck`;

const goOs = (): string => (process.platform === 'win32' ? 'windows' : process.platform);
const goArch = (): string => (({x64: 'amd64', ia32: '386'}) as Readonly<Record<string, string>>)[process.arch] ?? process.arch;

/** Impersonation headers of a user; none without `as`. */
export const impersonationHeaders = (user: UserStanza): WireHeaders => {
  if (!user.as) return {};
  const headers: Record<string, string | readonly string[]> = {'impersonate-user': user.as};
  if (user['as-uid']) headers['impersonate-uid'] = user['as-uid'];
  if (user['as-groups']?.length) headers['impersonate-group'] = user['as-groups'];
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) headers[`impersonate-extra-${escapeKey(key)}`] = values;
  return headers;
};

// A key may hold characters that no header name may: example.com/role becomes example.com%2Frole.
const escapeKey = (key: string): string =>
  [...Buffer.from(key)]
    .map((byte) =>
      LEGAL.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
const LEGAL = /[!#$&'*+\-.0-9A-Z^_`a-z|~]/;
