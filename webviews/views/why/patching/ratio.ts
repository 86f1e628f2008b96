/*
 * What a patch restores, as activation patching has it (Wang et al. 2022, arXiv 2211.00593): of the way from the corrupt
 * text's logit difference to the clean one's, the share that it goes. 1 is all of it, 0 nothing, less than 0 the other way.
 */

/** Nats between the two texts' answers from which a share of the way means something. */
const LEAST_WAY = 0.5;

/** The difference of two tokens' logits, which is that of their log-probabilities. @param logprobs of both; @param at which pair of a list of pairs */
export function logitDifference(logprobs: ArrayLike<number>, at = 0): number {
  return (logprobs[2 * at] ?? Number.NaN) - (logprobs[2 * at + 1] ?? Number.NaN);
}

/** @param patched, corrupt, clean logit differences */
export function restored(patched: number, corrupt: number, clean: number): number {
  return (patched - corrupt) / (clean - corrupt);
}

/** Whether the two texts' answers lie so far apart that a share of the way means something. */
export function isWay(corrupt: number, clean: number): boolean {
  return Math.abs(clean - corrupt) >= LEAST_WAY;
}

/** Of the scale of differences, −1 to 1: what restores is blue, as what is for a token. */
export function ratioShare(ratio: number): number {
  return -Math.min(1, Math.max(-1, ratio));
}
