// What a credential plugin printed: an ExecCredential, checked as client-go checks it.
import {messageOf} from '../../base/errors.ts';
import type {ExecConfig} from '../kubeconfig/model.ts';
import {LoginError} from './login-error.ts';

/** A plugin's answer; empty text where it gave nothing. */
export type ExecAnswer = {
  readonly token: string;
  readonly certificate: string;
  readonly key: string;
  /** Milliseconds since 1970; infinity without an expiry. */
  readonly endsAt: number;
};

type ExecCredential = {
  apiVersion?: unknown;
  kind?: unknown;
  status?: {token?: unknown; clientCertificateData?: unknown; clientKeyData?: unknown; expirationTimestamp?: unknown} | null;
};

/** The credential in a plugin's output. */
export const readExecCredential = (output: string, config: ExecConfig): ExecAnswer => {
  const bad = (message: string, cause?: unknown): LoginError =>
    new LoginError('KD-LOGIN-PLUGIN-ANSWER', `getting credentials: ${message}`, {plugin: config.command ?? '', cause});
  let credential: ExecCredential;
  try {
    credential = JSON.parse(output) as ExecCredential;
  } catch (error) {
    throw bad(`decoding stdout: couldn't get version/kind; json parse error: ${messageOf(error)}`, error);
  }
  if (typeof credential !== 'object' || credential === null || credential.kind !== 'ExecCredential') {
    throw bad(
      `decoding stdout: no kind "${textOf(credential?.kind)}" is registered for version "${textOf(credential?.apiVersion)}"`,
    );
  }
  if (credential.apiVersion !== config.apiVersion) {
    throw bad(
      `exec plugin is configured to use API version ${config.apiVersion}, plugin returned version ${textOf(credential.apiVersion)}`,
    );
  }
  const {status} = credential;
  if (typeof status !== 'object' || status === null) throw bad("exec plugin didn't return a status field");
  const token = textOf(status.token);
  const certificate = textOf(status.clientCertificateData);
  const key = textOf(status.clientKeyData);
  if (token === '' && certificate === '' && key === '') throw bad("exec plugin didn't return a token or cert/key pair");
  if ((certificate === '') !== (key === '')) throw bad('exec plugin returned only certificate or key, not both');
  const ends = textOf(status.expirationTimestamp);
  const endsAt = ends === '' ? Number.POSITIVE_INFINITY : Date.parse(ends);
  if (Number.isNaN(endsAt))
    throw bad(`decoding stdout: parsing time ${JSON.stringify(ends)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  return {token, certificate, key, endsAt};
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
