// `Warning` headers: RFC 7234 values, of which Kubernetes uses code 299.

/** The texts of all 299 warnings in a header; several values may share one header line. */
export const warningTexts = (header: string | readonly string[] | undefined): string[] => {
  const lines = header === undefined ? [] : typeof header === 'string' ? [header] : header;
  return lines.flatMap(parseLine);
};

// 299 - "text with \"quotes\"" "optional date", 299 …
const VALUE = /\s*(\d{3})\s+(\S+)\s+"((?:[^"\\]|\\.)*)"(?:\s+"[^"]*")?\s*(?:,|$)/y;

const parseLine = (line: string): string[] => {
  const texts: string[] = [];
  VALUE.lastIndex = 0;
  for (let match = VALUE.exec(line); match !== null; match = VALUE.exec(line)) {
    const text = decode((match[3] ?? '').replace(/\\(.)/g, '$1'));
    if (match[1] === '299' && text !== '') texts.push(text);
    if (VALUE.lastIndex >= line.length) break;
  }
  return texts;
};

// HTTP headers arrive as Latin-1; Kubernetes writes UTF-8 into them.
const decode = (text: string): string => {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
};
