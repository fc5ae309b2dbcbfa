// The order in which Go's yaml.v2 writes map keys: runs of digits count as numbers, letters stand after everything else.

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 128 && DIGIT.test(String.fromCodePoint(code)));

const isLetter = (code: number): boolean => {
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return LETTER.test(String.fromCodePoint(code));
};

const codesOf = (text: string): number[] => Array.from(text, (char) => char.codePointAt(0)!);

/** Whether key `a` stands before key `b`. */
export const naturalLess = (a: string, b: string): boolean => {
  const left = codesOf(a);
  const right = codesOf(b);
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const x = left[index]!;
    const y = right[index]!;
    if (x === y) continue;
    const xLetter = isLetter(x);
    const yLetter = isLetter(y);
    if (xLetter && yLetter) return x < y;
    if (xLetter || yLetter) return yLetter;
    return digitsLess(left, right, index);
  }
  return left.length < right.length;
};

const digitsLess = (left: readonly number[], right: readonly number[], from: number): boolean => {
  let leftNumber = 0n;
  let rightNumber = 0n;
  // A zero inside a longer number is part of that number, not a leading zero.
  if (left[from] === 48 || right[from] === 48) {
    for (let back = from - 1; back >= 0 && isDigit(left[back]!); back -= 1) {
      if (left[back] !== 48) {
        leftNumber = 1n;
        rightNumber = 1n;
        break;
      }
    }
  }
  let leftEnd = from;
  for (; leftEnd < left.length && isDigit(left[leftEnd]!); leftEnd += 1)
    leftNumber = BigInt.asIntN(64, leftNumber * 10n + BigInt(left[leftEnd]! - 48));
  let rightEnd = from;
  for (; rightEnd < right.length && isDigit(right[rightEnd]!); rightEnd += 1)
    rightNumber = BigInt.asIntN(64, rightNumber * 10n + BigInt(right[rightEnd]! - 48));
  if (leftNumber !== rightNumber) return leftNumber < rightNumber;
  if (leftEnd !== rightEnd) return leftEnd < rightEnd;
  return left[from]! < right[from]!;
};

const ONLY_LETTERS = /^[A-Za-z]*$/;

/** Keys of a map in writing order. */
export const naturalKeys = (value: object): string[] => {
  const keys = Object.keys(value);
  // Most keys are field names, and for letters alone the natural order is the plain one.
  if (keys.every((key) => ONLY_LETTERS.test(key))) return keys.sort();
  return keys.sort((a, b) => (naturalLess(a, b) ? -1 : naturalLess(b, a) ? 1 : 0));
};
