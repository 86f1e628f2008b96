import type { ChatMessage, Conversation, RenderedChat } from '../shared/chat';
import type { Span } from '../shared/tokens';
import type { Rendering } from './jinja/template';
import { TemplateError, TemplateRefusal } from './jinja/template-error';
import type { RenderedPiece } from './render-pieces';

/** What a model answers, by the names that templates have for it. */
export const isAnswer = ({ role }: Pick<ChatMessage, 'role'>) => role === 'assistant' || role === 'model';

/**
 * The messages that training counts: what the assistant says; of a prompt with its completion, and of a preference pair,
 * only what it says after the last message that is not its own or a tool's.
 */
export function scoredMessages({ messages, shape }: Conversation): number[] {
  const isPair = shape === 'promptCompletion' || shape === 'preference';
  const prompt = isPair ? messages.findLastIndex((message) => !isAnswer(message) && message.role !== 'tool') : -1;
  return messages.flatMap((message, i) => (i > prompt && isAnswer(message) ? [i] : []));
}

/**
 * The ranges of a rendered text that training counts. The template says so where it has `generation`, for all that the
 * assistant says. Else the text of the messages before an answer, with what is written before answers, and that of the
 * messages up to it are both its beginning, and what lies between is the answer. Where they are not, because the template
 * writes earlier messages in another way once others follow, it is what is left of the answer's content.
 *
 * @param unscored answers that training does not count
 * @param prefix the text of the first `count` messages
 */
export function scoredRanges(
  { scored, unscored }: Record<'scored' | 'unscored', readonly number[]>,
  whole: Rendering,
  pieces: readonly RenderedPiece[],
  prefix: (count: number, addGenerationPrompt: boolean) => string,
  isGeneration: boolean,
): { ranges: Span[]; scoredBy: RenderedChat['scoredBy'] } {
  if (isGeneration) return { ranges: generatedRanges(unscored, whole, pieces), scoredBy: 'generation' };
  const byPrefixes = prefixRanges(scored, whole.text.value, prefix);
  if (byPrefixes) return { ranges: byPrefixes, scoredBy: 'prefixes' };
  const ranges = pieces.filter(
    ({ isContent, message }) => isContent && message !== undefined && scored.includes(message),
  );
  return { ranges: ranges.map(({ start, end }) => ({ start, end })), scoredBy: 'contents' };
}

function generatedRanges(
  unscored: readonly number[],
  { generated }: Rendering,
  pieces: readonly RenderedPiece[],
): Span[] {
  return generated.filter(({ start, end }) => {
    const message = pieces.find(
      (piece) => piece.end > start && piece.start < end && piece.message !== undefined,
    )?.message;
    return message === undefined || !unscored.includes(message);
  });
}

/** Undefined where the text of fewer messages is not the beginning of that of all. */
function prefixRanges(
  scored: readonly number[],
  whole: string,
  prefix: (count: number, addGenerationPrompt: boolean) => string,
): Span[] | undefined {
  const ranges: Span[] = [];
  try {
    for (const message of scored) {
      const before = prefix(message, true);
      const upTo = prefix(message + 1, false);
      if (!upTo.startsWith(before) || !whole.startsWith(upTo)) return undefined;
      ranges.push({ start: before.length, end: upTo.length });
    }
  } catch (error) {
    // A template may refuse fewer messages than it was asked for.
    if (error instanceof TemplateError || error instanceof TemplateRefusal) return undefined;
    throw error;
  }
  return ranges;
}
