/** Outlines are drawn around a part. */
const MARGIN = 4;

/**
 * Scrolls a frame, and nothing around it, until a part of it is in view. `scrollIntoView` scrolls the page too, and has
 * the Tab key begin behind the part.
 * @param margin in CSS pixels, kept free around the part
 */
export function reveal(frame: Element, part: Element, margin = MARGIN): void {
  const [outer, inner] = [frame.getBoundingClientRect(), part.getBoundingClientRect()];
  frame.scrollTop += Math.min(0, inner.top - margin - outer.top) + Math.max(0, inner.bottom + margin - outer.bottom);
  frame.scrollLeft += Math.min(0, inner.left - margin - outer.left) + Math.max(0, inner.right + margin - outer.right);
}
