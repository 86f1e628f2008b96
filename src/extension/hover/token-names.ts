import type { TokenDescription } from '../../shared/engine-api';
import type { Tokenizer } from '../../tokenizer';
import type { Services } from '../services';
import type { Translate } from '../translate';
import { tokenLabel, visibleToken } from '../visible-token';
import type { FoundToken } from './found-token';
import { type MergeStep, mergesOf } from './merges';

/** What is known of tokens by their ids. */
export interface TokenNames {
  /** As one visible line. */
  textOf(id: number): string;
  bytesOf(id: number): Uint8Array;
  isControl(id: number): boolean;
  /** Undefined where nobody knows which merges there are. */
  mergesOf(id: number): MergeStep[] | undefined;
}

export const namesIn = (tokenizer: Tokenizer, t: Translate): TokenNames => ({
  textOf: (id) => tokenLabel(tokenizer, id, t),
  bytesOf: (id) => tokenizer.tokenBytes(id),
  isControl: (id) => tokenizer.isControl(id),
  mergesOf: (id) => mergesOf(tokenizer, id),
});

/** Tokens to both sides of one that are described with it: a word that it is a part of seldom has more. */
const TOKENS_AROUND = 16;

/** Of a model whose vocabulary only its server knows: as that describes the tokens that a card is about. */
export async function namesByModel(
  { readings }: Pick<Services, 'readings'>,
  found: readonly FoundToken[],
  t: Translate,
): Promise<TokenNames> {
  const ids = [...new Set(found.flatMap(idsAbout))];
  const descriptions = await readings.engine.describe({ ids });
  const known = new Map(ids.map((id, i) => [id, descriptions[i] as TokenDescription]));
  const bytesOf = (id: number) => Buffer.from(known.get(id)?.bytes ?? '', 'hex');
  return {
    textOf: (id) => (bytesOf(id).length > 0 ? visibleToken(bytesOf(id)) : t('[id {0}, no text]', String(id))),
    bytesOf,
    isControl: (id) => known.get(id)?.control ?? false,
    mergesOf: () => undefined,
  };
}

/** A token, those around it, and those that the model would rather have had in its place. */
function idsAbout({ id, read }: FoundToken): number[] {
  if (!read) return [id];
  const { ids, predictions } = read.part;
  const { topK, topIdsAfter, topLogprobsAfter } = predictions;
  const around = ids.subarray(Math.max(0, read.index - TOKENS_AROUND), read.index + TOKENS_AROUND);
  const from = Math.max(0, read.index - 1) * topK;
  const instead = topIdsAfter.subarray(from, from + topK).filter((_, i) => !Number.isNaN(topLogprobsAfter[from + i]));
  return [id, ...around, ...instead];
}
