// How to make many small objects of the same form without wasting room.

/** Makes an empty plain object that is then filled. */
export type Shape = new () => {[field: string]: unknown};

/**
 * An empty plain object that V8 gives just as much room as the first few of its kind needed; `{}` always has room for four
 * fields and puts the fifth elsewhere. That was a third of the heap of 50,000 pods.
 */
export const newShape = (): Shape => {
  const made = function () {} as unknown as Shape;
  (made as {prototype: object}).prototype = Object.prototype;
  return made;
};
