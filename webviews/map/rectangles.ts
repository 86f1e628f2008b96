import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy';
import type { MapNode } from './tree';

/** A file or a folder as it is drawn, in pixels. */
export interface Rectangle {
  node: MapNode;
  left: number;
  top: number;
  width: number;
  height: number;
  /** From 1, of what is in the folder that fills the map. */
  level: number;
  /** Whether what is in it is drawn too. */
  isOpen: boolean;
}

/** Of the name of a folder, over what is in it. */
const HEADING = 18;
/** A folder that is smaller is drawn as one. */
const SMALLEST_OPEN = { width: 40, height: HEADING + 16 };
/** What is smaller nobody could see or point at. */
const SMALLEST = 3;

/** What is in a folder as rectangles whose areas are its tokens: those of a folder stand before those that are in it, the largest first. */
export function rectanglesIn(folder: MapNode, width: number, height: number): Rectangle[] {
  const root = hierarchy(folder, ({ children }) => children)
    .sum(({ file, tokens }) => (file ? tokens : 0))
    .sort((one, other) => (other.value ?? 0) - (one.value ?? 0));
  const laidOut = treemap<MapNode>()
    .size([width, height])
    .round(true)
    .paddingInner(1)
    .paddingOuter((node) => (node.depth > 0 && isRoomy(node) ? 2 : 0))
    .paddingTop((node) => (node.depth > 0 && isRoomy(node) ? HEADING : 0))(root);
  return (laidOut.children ?? []).flatMap(withThoseInside);
}

function withThoseInside(node: HierarchyRectangularNode<MapNode>): Rectangle[] {
  const { x0, y0, x1, y1, depth, data } = node;
  const [width, height] = [x1 - x0, y1 - y0];
  if (width < SMALLEST || height < SMALLEST) return [];
  const isOpen = isRoomy(node) && data.children.length > 0;
  const own = { node: data, left: x0, top: y0, width, height, level: depth, isOpen };
  return isOpen ? [own, ...(node.children ?? []).flatMap(withThoseInside)] : [own];
}

const isRoomy = ({ x0, y0, x1, y1 }: HierarchyRectangularNode<MapNode>) =>
  x1 - x0 >= SMALLEST_OPEN.width && y1 - y0 >= SMALLEST_OPEN.height;
