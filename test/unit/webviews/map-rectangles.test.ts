import { describe, expect, it } from 'vitest';
import type { MapFile } from '../../../src/shared/map-api';
import { WHOLE_VIEW } from '../../../src/shared/map-api';
import { packFiles, unpackFiles } from '../../../src/shared/map-files';
import { Norms } from '../../../src/workspace/map/score';
import { type Rectangle, rectanglesIn } from '../../../webviews/map/rectangles';
import { filesOf, mapTree, nodeAt, wayTo } from '../../../webviews/map/tree';

const WIDTH = 1000;
const HEIGHT = 500;

const fileOf = (path: string, tokens: number): MapFile => ({ path, languageId: 'go', tokens, sums: undefined });
const treeOf = (files: MapFile[]) => mapTree(files, new Norms([]), WHOLE_VIEW);
/** Files that are drawn, by themselves or as one of many. */
const drawnFiles = (rectangles: readonly Rectangle[]) =>
  rectangles.filter(({ isOpen }) => !isOpen).flatMap(({ node }) => filesOf(node).map(({ path }) => path));

describe.each<[string, MapFile[]]>([
  ['50,000 files in one folder', Array.from({ length: 50_000 }, (_, i) => fileOf(`f${i}.go`, 100 + (i % 7)))],
  ['some large and many small ones', Array.from({ length: 5000 }, (_, i) => fileOf(`a/f${i}.go`, i < 20 ? 50_000 : 9))],
  [
    'folders of folders',
    Array.from({ length: 20_000 }, (_, i) => fileOf(`p${i % 30}/d${i % 210}/f${i}.go`, 1 + (i % 900))),
  ],
])('of %s', (_, files) => {
  const tree = treeOf(files);
  const rectangles = rectanglesIn(tree, WIDTH, HEIGHT);

  it('draws each file once, by itself or with others, and no more than a browser can', () => {
    expect(drawnFiles(rectangles).toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    expect(rectangles.length).toBeLessThan(5000);
  });

  it('leads into what is drawn as one, down to each file', () => {
    const some = rectangles.filter((_, i) => i % 50 === 0);
    for (const { node } of some) expect(nodeAt(tree, node.path)?.title).toBe(node.title);
    let folder = tree;
    for (let deep = 0; deep < 8; deep++) {
      const closed = rectanglesIn(folder, WIDTH, HEIGHT).filter(({ node, isOpen }) => !isOpen && !node.file);
      const next = closed.at(-1);
      if (!next) break;
      folder = nodeAt(tree, next.node.path) as typeof folder;
      expect(wayTo(tree, folder.path).at(-1)?.path).toBe(next.node.path);
    }
    const last = rectanglesIn(folder, WIDTH, HEIGHT).filter(({ isOpen }) => !isOpen);
    expect(last.every(({ node }) => node.file)).toBe(true);
  });
});

it('says how many small files there are', () => {
  const files = [fileOf('a/large.go', 100_000), ...Array.from({ length: 1203 }, (_, i) => fileOf(`a/${i}.go`, 10))];
  const [, large, small] = rectanglesIn(treeOf(files), WIDTH, HEIGHT);
  expect([large?.node.name, small?.node.name]).toEqual(['large.go', '1,203 small files']);
});

it('is sent between processes as it is', () => {
  const newNames = { tokens: 2, bits: 20.5 };
  const read = {
    ...fileOf('b/ñ.ts', 12),
    languageId: 'typescript',
    sums: { comment: { tokens: 9, bits: 31.25, newNames } },
  };
  const files = [fileOf('a.go', 3), read, { ...fileOf('c.go', 0), sums: {} }];
  expect(unpackFiles(packFiles(files))).toEqual(files);
});
