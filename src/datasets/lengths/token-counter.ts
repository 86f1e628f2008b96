import type { EncodeOptions, Tokenizer } from '../../tokenizer';
import type { DatasetDocument } from '../documents/document-source';
import type { Slices } from '../work/slices';

/** Counts the tokens of a document under one vocabulary. */
export interface TokenCounter {
  /** For people. */
  name: string;
  /** @throws VitrineError where its text cannot be cut into tokens */
  count(document: DatasetDocument, slices: Slices): Promise<number>;
}

/** The text of a document as it stands: names of control tokens in it are text. */
export function textCounter(tokenizer: Tokenizer): TokenCounter {
  const options: EncodeOptions = { special: false };
  return {
    name: tokenizer.name,
    count: async ({ text }, slices) => {
      const scan = tokenizer.scan(text, options, 'nothing');
      let tokens = 0;
      for (let steps = 1; !scan.done; steps++) {
        scan.step();
        if (steps % STEPS > 0) continue;
        tokens += scan.take().ids.length;
        await slices.next();
      }
      return tokens + scan.take().ids.length;
    },
  };
}

/** Words that are cut into tokens between two looks at the clock. */
const STEPS = 256;
