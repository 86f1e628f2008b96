import type { MapFile, MapView } from '../../src/shared/map-api';
import { type Norms, type Score, ScoreSum, scoreOfFile } from '../../src/workspace/map/score';

/** A file of the map, or a folder. */
export interface MapNode {
  /** Of a folder that has nothing but another, both: `src/extension`. */
  name: string;
  /** Empty for the folder that is mapped. */
  path: string;
  /** Undefined of a folder. */
  file: MapFile | undefined;
  children: MapNode[];
  /** Tokens that count, and an estimate of those of files that are not read. */
  tokens: number;
  /** Of what is read. */
  score: Score;
}

/** The files as a tree of folders. Those without a token that counts are not in it. */
export function mapTree(files: Iterable<MapFile>, norms: Norms, view: MapView): MapNode {
  const root = folder('', '');
  const folders = new Map([['', root]]);
  for (const file of files) {
    const score = scoreOfFile(file, norms, view);
    const tokens = file.sums ? score.tokens : file.tokens;
    if (tokens <= 0) continue;
    const [around, name] = parted(file.path);
    folderAt(around, folders).children.push({ name, path: file.path, file, children: [], tokens, score });
  }
  sumUp(root);
  return root;
}

/** Where a path leads in a tree; undefined where nothing is there any more. */
export function nodeAt(root: MapNode, path: string): MapNode | undefined {
  if (root.path === path) return root;
  const next = root.children.find((child) => path === child.path || path.startsWith(`${child.path}/`));
  return next && nodeAt(next, path);
}

/** The nodes on the way from the root to a node, both too. */
export function wayTo(root: MapNode, path: string): MapNode[] {
  if (root.path === path) return [root];
  const next = root.children.find((child) => path === child.path || path.startsWith(`${child.path}/`));
  return next ? [root, ...wayTo(next, path)] : [root];
}

export function filesOf(node: MapNode): MapNode[] {
  return node.file ? [node] : node.children.flatMap(filesOf);
}

const NOTHING: Score = { tokens: 0, mean: Number.NaN, z: Number.NaN };

const folder = (name: string, path: string): MapNode => ({
  name,
  path,
  file: undefined,
  children: [],
  tokens: 0,
  score: NOTHING,
});

/** The folder of a path, and its own name. */
function parted(path: string): [string, string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}

function folderAt(path: string, folders: Map<string, MapNode>): MapNode {
  const known = folders.get(path);
  if (known) return known;
  const [around, name] = parted(path);
  const made = folder(name, path);
  folders.set(path, made);
  folderAt(around, folders).children.push(made);
  return made;
}

/** Folders have what is in them; one that has nothing but another folder becomes one with it. */
function sumUp(node: MapNode): void {
  if (node.file) return;
  for (const child of node.children) sumUp(child);
  node.children = node.children.map(joined);
  const sum = new ScoreSum();
  for (const child of node.children) sum.add(child.score);
  node.score = sum.score;
  node.tokens = node.children.reduce((tokens, child) => tokens + child.tokens, 0);
}

function joined(node: MapNode): MapNode {
  const [only, ...others] = node.children;
  return only && others.length === 0 && !only.file ? { ...only, name: `${node.name}/${only.name}` } : node;
}
