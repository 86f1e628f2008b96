import type { ModelInfo } from '../../../src/shared/engine-api';
import type { TraceTokens } from '../../../src/shared/inspector-api';
import { changesKey, interventionsOf, type ReadingChanges } from '../../../src/shared/steering';

/** A model that reads the text and can go on with it. */
export interface Writer {
  /** B where the text is held against it; else the model in use, which is A where anything is compared. */
  side: 'a' | 'b';
  /** As a branch has it: empty for the model in use. */
  name: string;
  model: ModelInfo | undefined;
  /** The text as it reads it. */
  text: TraceTokens;
  /** Whether its tokens of the text are those that the inspector shows. */
  readsAsShown: boolean;
  /** As a branch has it: empty where its tokens are those of the model in use. */
  vocabulary: string;
  /** What the model in use computes otherwise; undefined of B, of which the host knows. */
  changes: ReadingChanges | undefined;
}

/** What writers are called, by the names that branches have: a letter, and in full. */
export type WriterNames = ReadonlyMap<string, { letter: string; name: string }>;

/** How the host is asked about tokens of a writer. */
export const askedModelOf = ({ side }: Pick<Writer, 'side'>) => (side === 'b' ? { model: 'compared' as const } : {});

/** How the host is asked to have a writer read. */
export const readingOf = ({ side, changes }: Pick<Writer, 'side' | 'changes'>) => ({
  ...askedModelOf({ side }),
  ...(changes && interventionsOf(changes)),
});

/** What decides all probabilities of the model in use: what is changed in it, and the tokens (FNV-1a, 32 bits, and their number). */
export function textKey({ model, text, changes }: Writer): string {
  let hash = 0x811c9dc5;
  for (const id of text.ids) hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
  return JSON.stringify([model?.name, changes && changesKey(changes), text.ids.length, hash]);
}
