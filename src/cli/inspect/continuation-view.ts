import type { Continuation } from '../../shared/engine-api';
import type { Screen } from '../output';
import { visibleText } from '../terminal/glyphs';
import { formatLogprob } from '../terminal/numbers';
import { wrapPhrases } from '../terminal/width';

/** What the model wrote, as text and token by token. */
export function continuationView({ text, tokens }: Continuation, { width, palette }: Screen): string[] {
  // Its own line breaks and spaces, and nothing else that a terminal would obey.
  const shown = text.replace(/[^ \n]+/g, visibleText);
  const phrases = tokens.map((token) => `${visibleText(token.text)} ${formatLogprob(token.logprob)}`);
  return [palette.bold('Continuation'), shown, '', ...wrapPhrases(phrases, '  ', width)];
}
