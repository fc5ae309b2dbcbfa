// Reads the plain YAML that tools write into kubeconfigs, in a fraction of a millisecond and without a library.
// Anything it is not sure about makes it give up (undefined), and the caller asks the real YAML reader.

type Line = {readonly indent: number; readonly text: string};

class NotPlain extends Error {}

// A plain scalar that every YAML version reads as this very text: no indicator in front, no ": " or " #" inside.
const PLAIN_TEXT = /^(?:[A-Za-z_./$(;^]|--?[A-Za-z])[^\x00-\x1f\x7f]*$/;
// Words and shapes YAML 1.1 gives another type.
const TYPED = /^(?:true|false|yes|no|on|off|y|n|null|~|[-+]?[0-9.][-+0-9_.eExXoObBa-fA-F:]*|[-+]?\.(?:inf|nan)|=|<<)$/i;
const KEY = /^([A-Za-z_][-A-Za-z0-9_./]*):(?: +(.*))?$/;

const splitLines = (source: string): Line[] => {
  const lines: Line[] = [];
  for (const raw of source.split('\n')) {
    const text = raw.trimEnd();
    const body = text.trimStart();
    if (body === '' || body.startsWith('#')) continue;
    if (text.includes('\t')) throw new NotPlain();
    lines.push({indent: text.length - body.length, text: body});
  }
  if (lines[0]?.text === '---') lines.shift();
  return lines;
};

class PlainYaml {
  private at = 0;
  private readonly lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  document(): unknown {
    const value = this.block(0);
    if (this.at < this.lines.length) throw new NotPlain();
    return value;
  }

  /** A mapping or sequence that starts at the current line with this indent. */
  private block(indent: number): unknown {
    const line = this.lines[this.at];
    if (line === undefined || line.indent !== indent) throw new NotPlain();
    return isItem(line.text) ? this.sequence(indent) : this.mapping(indent, {});
  }

  private sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    for (
      let line = this.lines[this.at];
      line !== undefined && line.indent === indent && isItem(line.text);
      line = this.lines[this.at]
    ) {
      const rest = line.text.slice(1).trimStart();
      if (rest === '' || isItem(rest)) throw new NotPlain();
      const inner = indent + line.text.length - rest.length;
      if (KEY.test(rest)) {
        // "- name: x" opens a mapping whose first line shares the dash's line.
        items.push(this.mapping(inner, {}, rest));
      } else {
        this.at++;
        items.push(this.scalar(rest, indent));
      }
    }
    return items;
  }

  private mapping(indent: number, into: Record<string, unknown>, first?: string): Record<string, unknown> {
    for (let text = first ?? this.keyAt(indent); text !== undefined; text = this.keyAt(indent)) {
      const match = KEY.exec(text);
      const key = match?.[1];
      if (key === undefined || key === '__proto__' || TYPED.test(key)) throw new NotPlain();
      this.at++;
      into[key] = match?.[2] === undefined ? this.nested(indent) : this.scalar(match[2], indent);
    }
    return into;
  }

  private keyAt(indent: number): string | undefined {
    const line = this.lines[this.at];
    if (line === undefined || line.indent < indent) return undefined;
    if (line.indent > indent) throw new NotPlain();
    return isItem(line.text) ? undefined : line.text;
  }

  /** What follows a key without a value on its line. */
  private nested(indent: number): unknown {
    const next = this.lines[this.at];
    if (next === undefined || next.indent < indent) return null;
    if (next.indent > indent) return this.block(next.indent);
    // A sequence may stand at the indent of its key.
    return isItem(next.text) ? this.sequence(indent) : null;
  }

  private scalar(text: string, indent: number): unknown {
    const next = this.lines[this.at];
    // Text that goes on in the next line is for the real reader.
    if (next !== undefined && next.indent > indent) throw new NotPlain();
    switch (text) {
      case '{}':
        return {};
      case '[]':
        return [];
      case '""':
      case "''":
        return '';
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      default:
    }
    const quote = text[0];
    if (quote === '"' || quote === "'") {
      const inner = text.slice(1, -1);
      if (text.length < 2 || text.at(-1) !== quote || inner.includes(quote) || inner.includes('\\')) throw new NotPlain();
      return inner;
    }
    if (!PLAIN_TEXT.test(text) && !/^[0-9][A-Za-z0-9+/_.=-]*[A-Za-z=/+_-]$/.test(text)) throw new NotPlain();
    if (TYPED.test(text) || text.includes(': ') || text.includes(' #') || text.endsWith(':')) throw new NotPlain();
    return text;
  }
}

const isItem = (text: string): boolean => text === '-' || text.startsWith('- ');

/** The value of a plain YAML document, or undefined when the real reader has to look. */
export const readPlainYaml = (source: string): {readonly value: unknown} | undefined => {
  try {
    const lines = splitLines(source);
    if (lines.length === 0) return {value: null};
    return {value: new PlainYaml(lines).document()};
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
};
