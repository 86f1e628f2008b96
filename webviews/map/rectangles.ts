import { hierarchy, treemap } from 'd3-hierarchy';
import { type MapNode, sliceOf } from './tree';

/** In pixels. */
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A file or a folder as it is drawn. */
export interface Rectangle extends Box {
  node: MapNode;
  /** From 1, of what is in the folder that fills the map. */
  level: number;
  /** Whether what is in it is drawn too. */
  isOpen: boolean;
}

/** Of the name of a folder, over what is in it; and of what stands around that. */
const HEADING = 18;
const EDGE = 2;
/** A folder that is smaller is drawn as one. */
const SMALLEST_OPEN = { width: 40, height: HEADING + 16 };
/** In square pixels: what would have less is drawn as one with all others of its folder that would. */
const SMALLEST = 100;
/** In pixels: what is narrower nobody could see or point at. */
const NARROWEST = 3;

/**
 * What is in a folder as rectangles whose areas are its tokens: those of a folder stand before those that are in it, the
 * largest first. Only what is drawn is laid out: a folder may have any number of files.
 */
export const rectanglesIn = (folder: MapNode, width: number, height: number): Rectangle[] =>
  inside(folder, { left: 0, top: 0, width, height }, 1);

function inside(folder: MapNode, { left, top, width, height }: Box, level: number): Rectangle[] {
  const root = hierarchy<{ node?: MapNode; children?: { node: MapNode }[] }>({
    children: drawnOf(folder, width * height).map((node) => ({ node })),
  }).sum(({ node }) => node?.tokens ?? 0);
  const laidOut = treemap<typeof root.data>().size([width, height]).round(true).paddingInner(1)(root);
  return (laidOut.children ?? []).flatMap(({ data: { node }, x0, y0, x1, y1 }) => {
    const box = { left: left + x0, top: top + y0, width: x1 - x0, height: y1 - y0 };
    if (!node || box.width < NARROWEST || box.height < NARROWEST) return [];
    const inner = innerBox(box);
    const isOpen = isRoomy(box) && countLarge(node, inner.width * inner.height) > 0;
    const own = { ...box, node, level, isOpen };
    return isOpen ? [own, ...inside(node, inner, level + 1)] : [own];
  });
}

/** What a folder has, the small as one; where all are small, as many of them together as make up a rectangle. */
function drawnOf(folder: MapNode, area: number): MapNode[] {
  const { children } = folder;
  const large = countLarge(folder, area);
  if (large >= children.length - 1) return children;
  if (large > 0) return [...children.slice(0, large), sliceOf(folder, large, children.length)];
  const each = Math.max(2, Math.ceil(children.length / Math.max(1, area / (4 * SMALLEST))));
  const slices = Math.ceil(children.length / each);
  return Array.from({ length: slices }, (_, i) => sliceOf(folder, each * i, Math.min(children.length, each * (i + 1))));
}

/** How many of those in a folder, of which the largest are the first, have room enough to be drawn. */
function countLarge({ children, tokens }: MapNode, area: number): number {
  const firstSmall = children.findIndex((child) => (child.tokens / tokens) * area < SMALLEST);
  return firstSmall < 0 ? children.length : firstSmall;
}

const innerBox = ({ left, top, width, height }: Box): Box => ({
  left: left + EDGE,
  top: top + HEADING,
  width: Math.max(0, width - 2 * EDGE),
  height: Math.max(0, height - HEADING - EDGE),
});

const isRoomy = ({ width, height }: Box): boolean => width >= SMALLEST_OPEN.width && height >= SMALLEST_OPEN.height;
