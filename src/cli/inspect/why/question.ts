import { formatQuantity } from '../../../display/numbers';
import { VitrineError } from '../../../shared/errors';
import type { Question } from '../inspection';
import type { TokenFinder } from './token-finder';

/** A question with the ids of its tokens, as the engine takes it. */
export interface Asked {
  trace: number;
  position: number;
  token?: number;
  against?: number;
}

/** @throws VitrineError `why.position` where the text has no such token, `why.token` where the vocabulary has none */
export async function askedOf(
  { position, token, against }: Question,
  { trace, ids }: { trace: number; ids: { length: number } },
  tokens: TokenFinder,
): Promise<Asked> {
  if (position !== 'end' && position > ids.length) {
    throw new VitrineError(
      'why.position',
      `There is no token ${position}: the text has ${formatQuantity(ids.length, 'token')}, counted from 0. Ask about one of them, or about end, what comes next.`,
    );
  }
  return {
    trace,
    position: position === 'end' ? ids.length : position,
    ...(token === undefined ? {} : { token: await tokens.find(token) }),
    ...(against === undefined ? {} : { against: await tokens.find(against) }),
  };
}
