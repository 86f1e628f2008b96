import type { Sampling } from '../../../src/shared/request-fields';
import { type Candidate, candidates, draw, randomFrom } from '../../../src/shared/sampling';
import { pathTo } from './branches';
import type { Place } from './place';

/** What sampling makes of a distribution, and the token that the seed draws from it. */
export interface Draw {
  /** Tokens that may be drawn, the most probable first; probabilities sum to 1. */
  left: readonly Candidate[];
  drawn: Candidate;
  /** From [0, 1): where the draw fell. */
  random: number;
}

/** The n-th token after the text is drawn with the seed's n-th random number, as the engine does. */
export function drawAt({ logprobs, order, end }: Place, sampling: Sampling): Draw {
  const left = candidates(logprobs, sampling, order);
  const random = randomAt(sampling.seed ?? 0, pathTo(end).length);
  return { left, drawn: draw(left, random), random };
}

function randomAt(seed: number, index: number): number {
  const random = randomFrom(seed);
  for (let i = 0; i < index; i++) random();
  return random();
}
