import { formatCount } from '../../src/display/numbers';
import type { MapFile, MapView } from '../../src/shared/map-api';
import { type Norms, type Score, ScoreSum, scoreOfFile } from '../../src/workspace/map/score';
import { t } from '../l10n';

/** A file of the map, a folder, or a part of one. */
export interface MapNode {
  /** Of a folder that has nothing but another, both: `src/extension`. */
  name: string;
  /** Empty for the folder that is mapped; of a part of a folder the folder's, and which part. */
  path: string;
  /** The path, for people. */
  title: string;
  /** Undefined of a folder. */
  file: MapFile | undefined;
  /** The largest first. */
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
    folderAt(around, folders).children.push({
      name,
      path: file.path,
      title: file.path,
      file,
      children: [],
      tokens,
      score,
    });
  }
  sumUp(root);
  return root;
}

/** Those of a folder from a place to another as one, because each by itself is too small to be drawn. */
export function sliceOf(folder: MapNode, from: number, to: number): MapNode {
  const slice = { ...folder, children: folder.children.slice(from, to), path: pathIn(folder, `#${from}-${to}`) };
  slice.name = t('{0} small files', formatCount(filesOf(slice).length));
  slice.title = folder.title === '' ? slice.name : `${folder.title}: ${slice.name}`;
  addUp(slice);
  return slice;
}

/** Where a path leads in a tree; undefined where nothing is there any more. */
export function nodeAt(root: MapNode, path: string): MapNode | undefined {
  const last = wayTo(root, path).at(-1);
  return last?.path === path ? last : undefined;
}

/** The nodes on the way from the root to a node, both too, as far as there is one. */
export function wayTo(root: MapNode, path: string): MapNode[] {
  if (root.path === path) return [root];
  const next = root.children.find((child) => path === child.path || path.startsWith(`${child.path}/`));
  const way = next ?? sliceAt(root, path);
  return way ? [root, ...wayTo(way, path)] : [root];
}

/** All files in a node. */
export function filesOf(node: MapNode, files: MapNode[] = []): MapNode[] {
  if (node.file) files.push(node);
  else for (const child of node.children) filesOf(child, files);
  return files;
}

function sliceAt(folder: MapNode, path: string): MapNode | undefined {
  const rest = path.slice(pathIn(folder, '').length);
  const [, from, to] = /^#(\d+)-(\d+)(?=\/|$)/.exec(rest) ?? [];
  return from !== undefined && Number(from) < folder.children.length
    ? sliceOf(folder, Number(from), Number(to))
    : undefined;
}

const pathIn = (folder: MapNode, name: string) => (folder.path === '' ? name : `${folder.path}/${name}`);

const NOTHING: Score = { tokens: 0, mean: Number.NaN, z: Number.NaN, held: { tokens: 0, sum: 0 } };

const folder = (name: string, path: string): MapNode => ({
  name,
  path,
  title: path,
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
  node.children = node.children.map(joined).sort((one, other) => other.tokens - one.tokens);
  addUp(node);
}

function addUp(node: MapNode): void {
  const sum = new ScoreSum();
  for (const child of node.children) sum.add(child.score);
  node.score = sum.score;
  node.tokens = node.children.reduce((tokens, child) => tokens + child.tokens, 0);
}

function joined(node: MapNode): MapNode {
  const [only, ...others] = node.children;
  return only && others.length === 0 && !only.file ? { ...only, name: `${node.name}/${only.name}` } : node;
}
