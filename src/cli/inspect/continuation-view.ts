import { safeText, visibleText } from '../../display/glyphs';
import { formatLogprob } from '../../display/numbers';
import type { Continuation } from '../../shared/engine-api';
import type { Screen } from '../output';
import { wrapPhrases } from '../terminal/width';

/** What the model wrote, as text and token by token. */
export function continuationView({ text, tokens }: Continuation, { width, palette }: Screen): string[] {
  const phrases = tokens.map((token) => `${visibleText(token.text)} ${formatLogprob(token.logprob)}`);
  return [palette.bold('Continuation'), safeText(text), '', ...wrapPhrases(phrases, '  ', width)];
}
