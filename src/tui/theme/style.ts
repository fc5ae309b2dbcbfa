// Style text such as `red on surface bold` to what it means; colours are palette names, ANSI names or `#rrggbb`.

/** A style: colours as `#rrggbb` or ANSI names, and attributes. */
export type Style = {
  readonly fg?: string;
  readonly bg?: string;
  readonly attributes: readonly Attribute[];
};
export type Attribute = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strikethrough';

const attributes: readonly string[] = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strikethrough'];
const ansi = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'gray'];
/** ANSI colour names as chalk knows them. */
export const ansiNames: ReadonlySet<string> = new Set([...ansi, ...ansi.slice(0, 8).map((name) => `${name}Bright`)]);

/** Reads a style. Throws with the word that means nothing. `default` stands for the terminal's own colour. */
export const parseStyle = (text: string, palette: Readonly<Record<string, string>> = {}): Style => {
  const style: {fg?: string; bg?: string; attributes: Attribute[]} = {attributes: []};
  let background = false;
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    if (word === 'on') {
      background = true;
      continue;
    }
    if (attributes.includes(word)) {
      style.attributes.push(word as Attribute);
      continue;
    }
    const colour = palette[word] ?? word;
    if (colour !== 'default') {
      if (!ansiNames.has(colour) && !/^#[0-9a-f]{6}$/i.test(colour))
        throw new Error(`\`${word}\` is no colour, attribute or palette name`);
      if (background) style.bg = colour;
      else style.fg = colour;
    }
    background = false;
  }
  return style;
};

/** One style over another: its colours win, attributes add up. */
export const mergeStyles = (under: Style, over: Style): Style => ({
  ...under,
  ...(over.fg === undefined ? {} : {fg: over.fg}),
  ...(over.bg === undefined ? {} : {bg: over.bg}),
  attributes: [...new Set([...under.attributes, ...over.attributes])],
});
