// Opens one socket to a server: TCP, through a proxy if there is one, with TLS if the server wants it.
// Every transport uses it, so trust, deadlines and error sentences are the same everywhere.
import {connect as tcpConnect, isIP, type Socket} from 'node:net';
import * as tls from 'node:tls';
import {ConnectionError, connectionErrorOf} from './connection-error.ts';
import type {ServerTarget} from './server-target.ts';
import {authority, tunnel} from './tunnel.ts';
import type {ClientCertificate} from './wire.ts';

// Go's defaults: 30 s to connect, 10 s for the handshake.
const CONNECT_TIMEOUT_MS = 30_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

/** How long to wait for each step; tests shorten it. */
export type DialTimeouts = {
  readonly connect?: number;
  readonly handshake?: number;
  /** Between the pings of an HTTP/2 connection; it counts as dead after two to three times as long. */
  readonly quiet?: number;
};

/** Dials one server; remembers the TLS settings per client certificate, which are costly to make. */
export class Dialer {
  readonly target: ServerTarget;
  private readonly timeouts: DialTimeouts;
  private readonly contexts = new Map<string, tls.SecureContext>();

  constructor(target: ServerTarget, timeouts: DialTimeouts = {}) {
    this.target = target;
    this.timeouts = timeouts;
  }

  /** A connected socket; `protocols` are offered by ALPN. Rejects with `ConnectionError`. */
  async dial(certificate?: ClientCertificate, protocols?: readonly string[]): Promise<Socket> {
    const {target} = this;
    try {
      const hop = target.proxy ?? target.url;
      const raw = await this.openTcp(hop);
      if (target.proxy === undefined)
        return target.url.protocol === 'https:' ? await this.secure(raw, certificate, protocols) : raw;
      try {
        const near = target.proxy.protocol === 'https:' ? await this.secureProxy(raw) : raw;
        const far = await tunnel(near, target.proxy, target.url, this.timeouts.handshake ?? HANDSHAKE_TIMEOUT_MS);
        return target.url.protocol === 'https:' ? await this.secure(far, certificate, protocols) : far;
      } catch (error) {
        raw.destroy();
        throw error;
      }
    } catch (error) {
      throw connectionErrorOf(error, target.hostText);
    }
  }

  private openTcp(hop: URL): Promise<Socket> {
    const {host, port} = authority(hop);
    return new Promise((resolve, reject) => {
      const socket = tcpConnect({host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS});
      const timer = setTimeout(() => {
        socket.destroy();
        const detail = `dial tcp ${host}:${port}: i/o timeout`;
        reject(new ConnectionError('KD-CONNECTION-TIMEOUT', `Unable to connect to the server: ${detail}`, detail));
      }, this.timeouts.connect ?? CONNECT_TIMEOUT_MS);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeListener('error', reject);
        resolve(socket);
      });
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }

  private secure(
    socket: Socket,
    certificate: ClientCertificate | undefined,
    protocols: readonly string[] | undefined,
  ): Promise<Socket> {
    const {target} = this;
    const hostname = target.url.hostname.replace(/^\[|\]$/g, '');
    const name = target.serverName ?? hostname;
    return this.handshake({
      socket,
      secureContext: this.contextFor(certificate),
      // SNI must not be an address; the certificate is still checked against it.
      ...(isIP(name) === 0 ? {servername: name} : {}),
      checkServerIdentity: (_host, peer) => tls.checkServerIdentity(name, peer),
      rejectUnauthorized: !target.insecure,
      ...(protocols === undefined ? {} : {ALPNProtocols: [...protocols]}),
    });
  }

  private secureProxy(socket: Socket): Promise<Socket> {
    const name = (this.target.proxy ?? this.target.url).hostname.replace(/^\[|\]$/g, '');
    return this.handshake({
      socket,
      secureContext: tls.createSecureContext(systemTrust()),
      ...(isIP(name) === 0 ? {servername: name} : {}),
      host: name,
    });
  }

  private handshake(options: tls.ConnectionOptions): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = tls.connect(options);
      const timer = setTimeout(() => {
        socket.destroy();
        const detail = 'net/http: TLS handshake timeout';
        reject(new ConnectionError('KD-CONNECTION-TIMEOUT', `Unable to connect to the server: ${detail}`, detail));
      }, this.timeouts.handshake ?? HANDSHAKE_TIMEOUT_MS);
      const fail = (error: Error): void => {
        clearTimeout(timer);
        socket.destroy();
        reject(error);
      };
      // A connection that ends in the middle of the handshake is not always an error to TLS.
      const end = (): void => fail(Object.assign(new Error('other side closed'), {code: 'ECONNRESET'}));
      socket.once('error', fail);
      socket.once('close', end);
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        socket.off('error', fail);
        socket.off('close', end);
        resolve(socket);
      });
    });
  }

  private contextFor(certificate: ClientCertificate | undefined): tls.SecureContext {
    const id = certificate?.id ?? '';
    const known = this.contexts.get(id);
    if (known !== undefined) return known;
    let context: tls.SecureContext;
    try {
      context = tls.createSecureContext({
        ...(this.target.ca === undefined ? systemTrust() : {ca: this.target.ca}),
        ...(certificate === undefined ? {} : {cert: certificate.cert, key: certificate.key}),
        // Go trusts every certificate of the bundle as it is, even one that is no root.
        allowPartialTrustChain: true,
        minVersion: 'TLSv1.2',
      });
    } catch (error) {
      const detail =
        certificate === undefined
          ? `unable to load root certificates: ${(error as Error).message}`
          : `tls: ${(error as Error).message}`;
      throw new ConnectionError('KD-CONNECTION-TLS', `Unable to connect to the server: ${detail}`, detail, {cause: error});
    }
    this.contexts.set(id, context);
    return context;
  }
}

/** kubectl trusts what the machine trusts; Node by itself only knows its built-in list. */
const systemTrust = (): tls.SecureContextOptions => {
  const system = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('system') : [];
  return system.length === 0 ? {} : {ca: system};
};
