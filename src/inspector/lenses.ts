import type { EngineApi } from '../shared/engine-api';
import type { Lenses } from '../shared/inspector-api';

/** What views ask about a trace is what the engine answers. */
export function createLenses(engine: EngineApi): Lenses {
  return {
    predictions: (request) => engine.predictions(request),
    heads: (request) => engine.heads(request),
    thumbnails: (request) => engine.thumbnails(request),
    attention: (request) => engine.attention(request),
    attentionOfQuery: (request) => engine.attentionOfQuery(request),
    logitLens: (request) => engine.logitLens(request),
    distribution: (request) => engine.distribution(request),
    describe: (request) => engine.describe(request),
  };
}
