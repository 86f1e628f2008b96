import { whyTerms } from '../../../display/why-terms';
import type { Engine } from '../../../engine/client';
import { single } from '../../../recording/single';
import type { ModelInfo, TokenDescription, TraceInfo } from '../../../shared/engine-api';
import type { InspectedWhy, Question } from '../inspection';
import { askedOf } from './question';
import type { TokenFinder } from './token-finder';

/** Lets the engine explain a token: its terms and its remainder add up to the difference in float64 as they are written. */
export async function askWhy(
  engine: Engine,
  { layers }: ModelInfo,
  trace: TraceInfo,
  question: Question,
  tokens: TokenFinder,
): Promise<InspectedWhy> {
  const why = await engine.why(await askedOf(question, trace, tokens));
  const named = [...new Set([...trace.ids.subarray(0, why.position), why.token, why.against])];
  const described = await engine.describe({ ids: named });
  const descriptions = new Map(named.map((id, index) => [id, described[index] as TokenDescription]));
  const found = whyTerms(why, layers, trace.ids, (id) => descriptions.get(id)?.text ?? '');
  const terms = found.terms.map((term) => ({ ...term, value: single(term.value) }));
  const sources = found.sources.map((source) => ({ ...source, value: single(source.value) }));
  const logitDifference = single(found.logitDifference);
  const remainder = terms.reduce((rest, { value }) => rest - value, logitDifference);
  return { ...found, terms, sources, logitDifference, remainder, descriptions };
}
