import type { KindSums, MapFile, PackedFiles } from './map-api';
import { LINE_KINDS } from './workspace-api';

/** Of a kind of line. */
const NUMBERS = 4;
const WIDTH = NUMBERS * LINE_KINDS.length;

export function packFiles(files: readonly MapFile[]): PackedFiles {
  const languages = [...new Set(files.map(({ languageId }) => languageId))];
  const places = new Map(languages.map((languageId, place) => [languageId, place]));
  const sums = new Float64Array(WIDTH * files.length);
  for (const [i, file] of files.entries()) putSums(sums, WIDTH * i, file.sums);
  return {
    paths: files.map(({ path }) => path),
    languages,
    languageOf: Uint32Array.from(files, ({ languageId }) => places.get(languageId) ?? 0),
    tokens: Float64Array.from(files, ({ tokens }) => tokens),
    sums,
  };
}

export function unpackFiles({ paths, languages, languageOf, tokens, sums }: PackedFiles): MapFile[] {
  return paths.map((path, i) => ({
    path,
    languageId: languages[languageOf[i] as number] as string,
    tokens: tokens[i] as number,
    sums: sumsAt(sums, WIDTH * i),
  }));
}

function putSums(numbers: Float64Array, start: number, sums: KindSums | undefined): void {
  if (!sums) {
    numbers[start] = Number.NaN;
    return;
  }
  for (const [i, kind] of LINE_KINDS.entries()) {
    const sum = sums[kind];
    if (!sum) continue;
    const at = start + NUMBERS * i;
    numbers[at] = sum.tokens;
    numbers[at + 1] = sum.bits;
    numbers[at + 2] = sum.newNames.tokens;
    numbers[at + 3] = sum.newNames.bits;
  }
}

function sumsAt(numbers: Float64Array, start: number): KindSums | undefined {
  if (Number.isNaN(numbers[start])) return undefined;
  const sums: KindSums = {};
  for (const [i, kind] of LINE_KINDS.entries()) {
    const at = start + NUMBERS * i;
    const number = (place: number) => numbers[at + place] as number;
    if (number(0) === 0) continue;
    sums[kind] = { tokens: number(0), bits: number(1), newNames: { tokens: number(2), bits: number(3) } };
  }
  return sums;
}
