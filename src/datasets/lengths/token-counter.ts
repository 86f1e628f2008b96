import { conversationsOfLine } from '../../chat/find-conversations';
import { renderChat } from '../../chat/render';
import type { ChatTemplate } from '../../shared/chat';
import { type Sentence, sentence } from '../../shared/errors';
import type { Tokenizer } from '../../tokenizer';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import type { Slices } from '../work/slices';

/** Words that are cut into tokens between two looks at the clock. */
const STEPS = 256;

/** Counts the tokens of a document under one vocabulary. */
export interface TokenCounter {
  /** For people: of what tokens are counted. */
  counted: Sentence;
  /** @throws VitrineError where its text cannot be cut into tokens */
  count(document: DatasetDocument, slices: Slices): Promise<number>;
}

/** The text of a document as it stands: names of control tokens in it are text. */
export function textCounter(tokenizer: Tokenizer): TokenCounter {
  return {
    counted: sentence`Tokens of each text as it stands.`,
    count: ({ text }, slices) => tokensOf(tokenizer, text, false, slices),
  };
}

/** A conversation as the model reads it, with what its template adds; of a preference pair that with the answer that was chosen. */
export function chatCounter(source: DocumentSource, tokenizer: Tokenizer, template: ChatTemplate): TokenCounter {
  return {
    counted: sentence`Tokens of each conversation as the model reads it, with what its template adds.`,
    count: async ({ index }, slices) => {
      const { conversations } = conversationsOfLine(await source.entry(index), 0, index + 1);
      const conversation = conversations.find(({ answer }) => answer !== 'rejected');
      if (!conversation) return 0;
      const { text } = await renderChat(template, conversation);
      return tokensOf(tokenizer, text, true, slices);
    },
  };
}

async function tokensOf(tokenizer: Tokenizer, text: string, special: boolean, slices: Slices): Promise<number> {
  const scan = tokenizer.scan(text, { special }, 'nothing');
  let tokens = 0;
  for (let steps = 1; !scan.done; steps++) {
    scan.step();
    if (steps % STEPS > 0) continue;
    tokens += scan.take().ids.length;
    await slices.next();
  }
  return tokens + scan.take().ids.length;
}
