// The YAML library for what our own reader does not cover: line numbers and rare syntax. Import this file lazily, never the package:
// a bundled `import()` of a CommonJS package has no named exports.
export {LineCounter, isMap, parse, parseDocument} from 'yaml';
