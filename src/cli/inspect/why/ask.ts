import { formatQuantity } from '../../../display/numbers';
import { whyTerms } from '../../../display/why-terms';
import type { Engine } from '../../../engine/client';
import { single } from '../../../recording/single';
import type { ModelInfo, TokenDescription, TraceInfo } from '../../../shared/engine-api';
import { VitrineError } from '../../../shared/errors';
import type { InspectedWhy, Question } from '../inspection';
import type { TokenFinder } from './token-finder';

/** Lets the engine explain a token: its terms and its remainder add up to the difference in float64 as they are written. */
export async function askWhy(
  engine: Engine,
  { layers }: ModelInfo,
  { trace, ids }: TraceInfo,
  { position, token, against }: Question,
  tokens: TokenFinder,
): Promise<InspectedWhy> {
  if (position !== 'end' && position > ids.length) {
    throw new VitrineError(
      'why.position',
      `There is no token ${position}: the text has ${formatQuantity(ids.length, 'token')}, counted from 0. Ask about one of them, or about end, what comes next.`,
    );
  }
  const why = await engine.why({
    trace,
    position: position === 'end' ? ids.length : position,
    token: token === undefined ? undefined : await tokens.find(token),
    against: against === undefined ? undefined : await tokens.find(against),
  });
  const named = [...new Set([...ids.subarray(0, why.position), why.token, why.against])];
  const described = await engine.describe({ ids: named });
  const descriptions = new Map(named.map((id, index) => [id, described[index] as TokenDescription]));
  const found = whyTerms(why, layers, ids, (id) => descriptions.get(id)?.text ?? '');
  const terms = found.terms.map((term) => ({ ...term, value: single(term.value) }));
  const sources = found.sources.map((source) => ({ ...source, value: single(source.value) }));
  const logitDifference = single(found.logitDifference);
  const remainder = terms.reduce((rest, { value }) => rest - value, logitDifference);
  return { ...found, terms, sources, logitDifference, remainder, descriptions };
}
