import { bitsAToken, type ScoredSum } from '../../chat/scored-sum';
import { approximationNote } from '../../display/approximation';
import { safeText } from '../../display/glyphs';
import { formatBits, formatCount, formatNats, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Conversation } from '../../shared/chat';
import type { ModelInfo } from '../../shared/engine-api';
import type { Tokenizer } from '../../tokenizer';
import type { Screen } from '../output';
import { wrapPhrases, wrapText } from '../terminal/width';
import type { ReadChat } from './chat-reader';
import { PROMPT_LEGEND, promptLines } from './prompt-view';

/** `line 3`, and of a preference pair which of the two answers. */
export function chatTitle(line: number, { answer }: Partial<Conversation> = {}): string {
  return answer === undefined ? `line ${line}` : `line ${line} · ${answer}`;
}

/** A conversation as the model reads it, with how many tokens it has and how probable what is scored was. */
export function chatView(
  line: number,
  read: ReadChat,
  { tokenizer, logprobs, sum }: { tokenizer: Tokenizer; logprobs: Float32Array; sum: ScoredSum },
  screen: Screen,
): string[] {
  const { conversation, rendered, counts } = read;
  const roles = [...counts.roles].map(([role, count]) => `${safeText(role)} ${formatCount(count)}`);
  const phrases = [...roles, `template ${formatQuantity(counts.template, 'token')}`];
  return [
    screen.palette.bold(chatTitle(line, conversation)),
    ...promptLines(read, tokenizer, logprobs, screen),
    ...wrapPhrases(phrases, ' · ', screen.width),
    ...wrapPhrases(scoredPhrases(sum), ' · ', screen.width),
    ...(rendered.scoredBy === 'contents' ? wrapText(BY_CONTENTS, screen.width) : []),
  ];
}

/** What marks mean, and who has read. */
export function chatFooter({ name, provider, approximation }: ModelInfo, { palette, width }: Screen): string[] {
  const sentences = [
    `${safeText(name)} · ${provider}`,
    ...(approximation ? [render(approximationNote(approximation))] : []),
  ];
  return [...wrapText(PROMPT_LEGEND, width).map(palette.quiet), ...sentences.flatMap((one) => wrapText(one, width))];
}

function scoredPhrases(sum: ScoredSum): string[] {
  const bits = bitsAToken(sum);
  if (bits === undefined) return ['nothing is scored: the assistant says nothing'];
  return [`scored: ${formatQuantity(sum.scored, 'token')}`, `${formatBits(bits)} a token`, formatNats(sum.sum)];
}

const BY_CONTENTS =
  'The template writes earlier messages in another way once others follow: what is scored was found by its text.';
