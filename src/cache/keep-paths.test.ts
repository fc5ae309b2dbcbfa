import {describe, expect, it} from 'vitest';
import {JSON_TYPE} from '../kube/decode/codec.ts';
import {objectCodec} from '../kube/decode/object-codec.ts';
import {catalogue} from '../resources/catalogue.ts';

describe('the keep paths of built-in kinds', () => {
  it.each(catalogue.map((entry) => [entry.kind, entry] as const))('of %s can be read', async (_name, entry) => {
    const {ref, kind, keep} = await entry.load();
    const codec = objectCodec({ref, kind, keep});
    // A pod path that is not in the protobuf table would quietly make every sync of pods three times as expensive.
    if (kind === 'Pod') expect(codec.accept).not.toBe(JSON_TYPE);
    else expect(codec.accept).toBe(JSON_TYPE);
  });
});
