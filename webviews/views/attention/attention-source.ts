import type { AttentionPattern } from '../../../src/shared/engine-api';
import type { Asker } from '../../store/pending-answer';
import type { RememberedLenses } from '../../store/remembered-lenses';
import type { AttentionScope } from './attention-scope';
import { weightingOf } from './value-weighting';

/** Rows and columns of a picture at most; of a longer text, a cell is a block of tokens. */
const PICTURE_SIZE = 1024;
/** A longer text's rollout is followed for one token only: for all it would take minutes. */
export const ROLLOUT_MATRIX_TOKENS = 256;

/** Whose attention in which text. */
export interface Question {
  trace: number;
  /** Of the text. */
  tokens: number;
  scope: AttentionScope;
}

/** Undefined where it would take too long. */
export async function askPattern(
  lenses: RememberedLenses,
  { trace, tokens, scope }: Question,
  asker: Asker,
): Promise<AttentionPattern | undefined> {
  if (scope.kind === 'rollout') {
    if (tokens > ROLLOUT_MATRIX_TOKENS) return undefined;
    const shares = await lenses.rollout({ trace, from: 0, to: tokens }, asker);
    return { rowBlock: 1, columnBlock: 1, rows: tokens, columns: tokens, maximum: shares, mean: shares };
  }
  const head = scope.kind === 'head' ? { head: scope.head } : {};
  return lenses.attention({ trace, layer: scope.layer, ...head, ...weightingOf(scope), size: PICTURE_SIZE }, asker);
}

/** The weights of one token on the keys 0 to itself: a row of the pattern, where that is whole. */
export async function askRow(
  lenses: RememberedLenses,
  question: Question,
  query: number,
  asker: Asker,
): Promise<Float32Array> {
  const { trace, tokens, scope } = question;
  const pattern = tokens <= PICTURE_SIZE ? await askPattern(lenses, question, asker) : undefined;
  if (pattern?.rowBlock === 1 && pattern.columnBlock === 1) {
    return pattern.maximum.subarray(query * pattern.columns, query * pattern.columns + query + 1);
  }
  const weighting = weightingOf(scope);
  switch (scope.kind) {
    case 'head':
      return lenses.attentionOfQuery({ trace, query, layer: scope.layer, head: scope.head, ...weighting }, asker);
    case 'layer':
      return lenses.attentionOfQuery({ trace, query, layer: scope.layer, mean: true, ...weighting }, asker);
    case 'rollout':
      return lenses.rollout({ trace, from: query, to: query + 1 }, asker);
  }
}

/** The same for questions with the same answers. */
export function keyOf({ trace, scope: { kind, layer, head, valueWeighted } }: Question): string {
  if (kind === 'rollout') return `${trace} rollout`;
  const whose = kind === 'layer' ? `${trace} ${layer}` : `${trace} ${layer}.${head}`;
  return valueWeighted ? `${whose} values` : whose;
}
