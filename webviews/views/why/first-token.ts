import type { InspectorHost } from '../../../src/shared/inspector-api';

/** The first token of a word, and how many it has. */
export interface FirstToken {
  id: number;
  count: number;
}

/** @param isSpaced whether a space stands before the word @returns undefined where the vocabulary holds nothing of it */
export async function firstTokenOf(
  host: Pick<InspectorHost, 'tokenize'>,
  word: string,
  isSpaced: boolean,
): Promise<FirstToken | undefined> {
  const ask = (text: string) => host.tokenize({ vocabulary: 'model', text });
  const alone = await ask(word);
  // Some vocabularies put the space before a text by themselves.
  const hasSpace = alone.bytes[alone.ids[0] ?? -1]?.startsWith('20') ?? false;
  const { ids } = isSpaced && !hasSpace ? await ask(` ${word}`) : alone;
  return ids[0] === undefined ? undefined : { id: ids[0], count: ids.length };
}
