// Bodies: unpacked when compressed, collected when wanted whole, thrown away when in the way.
import type {Readable} from 'node:stream';
import type {WireResponse} from './wire.ts';

// Node's default of 16 KB costs twice the CPU on big lists.
const GUNZIP_CHUNK = 256 * 1024;

/** The body as the server meant it. zlib is only loaded for compressed answers. */
export const decodedBody = async (answer: WireResponse): Promise<Readable> => {
  if (answer.headers['content-encoding'] !== 'gzip') return answer.body;
  const [{createGunzip}, {pipeline}] = await Promise.all([import('node:zlib'), import('node:stream')]);
  const gunzip = createGunzip({chunkSize: GUNZIP_CHUNK});
  // The consumer sees every error on gunzip itself.
  pipeline(answer.body, gunzip, () => undefined);
  return gunzip;
};

/** All bytes of a body, at most `limit`. */
export const readAll = (body: Readable, limit = Number.POSITIVE_INFINITY): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = false;
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) {
        ended = true;
        resolve(Buffer.concat(chunks, limit));
        body.destroy();
      }
    });
    body.once('end', () => {
      ended = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    body.once('error', reject);
    body.once('close', () => {
      if (!ended) reject(Object.assign(new Error('aborted'), {code: 'ECONNRESET'}));
    });
  });

/** Reads a small rest so that the connection can be used again, and gives up on a big one. */
export const discard = (body: Readable): void => {
  body.on('error', () => undefined);
  readAll(body, 64 * 1024).catch(() => undefined);
};
