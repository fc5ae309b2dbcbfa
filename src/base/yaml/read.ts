// Reads one YAML document the way kubectl does: YAML 1.1 as Go's yaml.v2 knows it, values as JSON would hold them.
import {ScanError, type Mark} from './cursor.ts';
import {decodeNode, KeyTypeError} from './decode.ts';
import {ParseError, parseNodes} from './nodes.ts';

// What yaml.v2's reader lets through.
const FORBIDDEN = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;

/** The first document of a text, null when there is none. Throws yaml.v2's message: `yaml: line 3: did not find expected key`. */
export const readYaml = (text: string): unknown => {
  if (FORBIDDEN.test(text)) throw new Error('yaml: control characters are not allowed');
  try {
    const node = parseNodes(text);
    return node === undefined ? null : decodeNode(node);
  } catch (error) {
    // These two come after yaml.v2 is done: from sigs.k8s.io/yaml and encoding/json.
    if (error instanceof KeyTypeError || !(error instanceof Error) || error.message.startsWith('json: ')) throw error;
    if (error instanceof RangeError) throw new Error('yaml: exceeded max depth of 10000', {cause: error});
    if (error instanceof ScanError) throw new Error(`yaml: ${where(error.at, error.context, 1)}${error.message}`, {cause: error});
    if (error instanceof ParseError) throw new Error(`yaml: ${where(error.at, error.context, 0)}${error.message}`, {cause: error});
    throw new Error(`yaml: ${error.message}`, {cause: error});
  }
};

/** yaml.v2 counts lines from 0, adds one for the scanner's errors only, and takes 0 for unknown. */
const where = (at: Mark, context: Mark | undefined, more: number): string => {
  const line = at.line === 0 ? (context?.line ?? 0) : at.line + more;
  return line === 0 ? '' : `line ${line}: `;
};
