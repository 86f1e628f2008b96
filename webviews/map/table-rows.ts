import type { MapFile, MapSymbol, MapView } from '../../src/shared/map-api';
import { type Norms, type Score, ScoreSum } from '../../src/workspace/map/score';
import { filesOf, type MapNode } from './tree';

/** What the table lists. */
export type Listed = 'files' | 'folders' | 'functions';

export interface TableRow {
  name: string;
  /** The file or the folder that it is, or that it is in. */
  node: MapNode;
  score: Score;
  /** Of a function, its first line. */
  line: number | undefined;
}

export type SortKey = 'name' | 'mean' | 'z' | 'tokens';

export interface Sort {
  key: SortKey;
  isDescending: boolean;
}

/** Files of a folder that are read. */
export const fileRows = (folder: MapNode): TableRow[] => readRows(filesOf(folder), folder);

/** All folders in a folder. */
export const folderRows = (folder: MapNode): TableRow[] => readRows(foldersIn(folder), folder);

/** The functions of a file. */
export function functionRows(node: MapNode, symbols: readonly MapSymbol[], norms: Norms, view: MapView): TableRow[] {
  const { languageId } = node.file as MapFile;
  return symbols.map(({ name, line, sums }) => {
    const sum = new ScoreSum();
    sum.addLines(sums, languageId, norms, view);
    return { name, node, score: sum.score, line };
  });
}

/** What has no number stands at the end. */
export function sorted(rows: readonly TableRow[], { key, isDescending }: Sort): TableRow[] {
  const sign = isDescending ? -1 : 1;
  if (key === 'name') return rows.toSorted((one, other) => sign * one.name.localeCompare(other.name));
  return rows.toSorted(({ score: one }, { score: other }) => {
    const [a, b] = [one[key], other[key]];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
}

function readRows(nodes: MapNode[], { path }: MapNode): TableRow[] {
  return nodes
    .filter(({ score }) => score.tokens > 0)
    .map((node) => ({ name: within(node.path, path), node, score: node.score, line: undefined }));
}

const foldersIn = (folder: MapNode): MapNode[] =>
  folder.children.filter(({ file }) => !file).flatMap((child) => [child, ...foldersIn(child)]);

/** What is in a part of a folder has not its path. */
const within = (path: string, folder: string): string =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
