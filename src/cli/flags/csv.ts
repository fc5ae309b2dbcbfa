// Comma separated flag values, one line of CSV as Go's encoding/csv reads it.

/** Fields of one CSV line, or Go's complaint. Quotes group, two quotes inside quotes are one. */
export const splitCsv = (text: string): readonly string[] | {readonly error: string} => {
  if (text === '') return [];
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let field = '';
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1)
          return {error: `parse error on line 1, column ${text.length + 1}: extraneous or missing " in quoted-field`};
        field += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
      fields.push(field);
      if (at >= text.length) return fields;
      if (text[at] !== ',') return {error: `parse error on line 1, column ${at}: extraneous or missing " in quoted-field`};
    } else {
      const comma = text.indexOf(',', at);
      const end = comma === -1 ? text.length : comma;
      const field = text.slice(at, end);
      const bare = field.indexOf('"');
      if (bare !== -1) return {error: `parse error on line 1, column ${at + bare + 1}: bare " in non-quoted-field`};
      fields.push(field);
      if (comma === -1) return fields;
      at = end;
    }
    at += 1;
  }
};
