// Reads a `Status` in protobuf: a server asked for protobuf lists also says no in protobuf.
import type {Status} from './types/object.ts';

const MAGIC = Buffer.from('k8s\0');

type Field = {readonly number: number; readonly bytes: Buffer; readonly value: number};

/** The Status in a protobuf body, or undefined when the body is something else. */
export const decodeStatus = (body: Buffer): Status | undefined => {
  if (body.length < 4 || !body.subarray(0, 4).equals(MAGIC)) return undefined;
  try {
    // runtime.Unknown: 1 type, 2 the message itself.
    const envelope = fieldsOf(body.subarray(4));
    const type = envelope.find((field) => field.number === 1);
    const raw = envelope.find((field) => field.number === 2);
    const isStatus =
      type !== undefined && fieldsOf(type.bytes).some((field) => field.number === 2 && field.bytes.toString() === 'Status');
    return isStatus ? statusOf(raw?.bytes ?? Buffer.alloc(0)) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const statusOf = (bytes: Buffer): Status => {
  const status: Status = {kind: 'Status', apiVersion: 'v1'};
  for (const {number, bytes: inner, value} of fieldsOf(bytes)) {
    if (number === 2) status.status = inner.toString();
    else if (number === 3) status.message = inner.toString();
    else if (number === 4) status.reason = inner.toString();
    else if (number === 5) status.details = detailsOf(inner);
    else if (number === 6) status.code = value;
  }
  return status;
};

const detailsOf = (bytes: Buffer): NonNullable<Status['details']> => {
  const details: NonNullable<Status['details']> = {};
  for (const {number, bytes: inner, value} of fieldsOf(bytes)) {
    if (number === 1 && inner.length > 0) details.name = inner.toString();
    else if (number === 2 && inner.length > 0) details.group = inner.toString();
    else if (number === 3 && inner.length > 0) details.kind = inner.toString();
    else if (number === 4) (details.causes ??= []).push(causeOf(inner));
    else if (number === 5 && value !== 0) details.retryAfterSeconds = value;
    else if (number === 6 && inner.length > 0) details.uid = inner.toString();
  }
  return details;
};

const causeOf = (bytes: Buffer): {reason?: string; message?: string; field?: string} => {
  const cause: {reason?: string; message?: string; field?: string} = {};
  for (const {number, bytes: inner} of fieldsOf(bytes)) {
    if (number === 1) cause.reason = inner.toString();
    else if (number === 2) cause.message = inner.toString();
    else if (number === 3) cause.field = inner.toString();
  }
  return cause;
};

/** Fields of one message; only the two wire types Status uses. Throws RangeError for anything else. */
const fieldsOf = (bytes: Buffer): Field[] => {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('truncated');
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType !== 0 && wireType !== 2) throw new RangeError('unknown wire type');
    const value = varint();
    if (wireType === 0) {
      fields.push({number, value, bytes: Buffer.alloc(0)});
    } else {
      if (at + value > bytes.length) throw new RangeError('truncated');
      fields.push({number, value: 0, bytes: bytes.subarray(at, at + value)});
      at += value;
    }
  }
  return fields;
};
