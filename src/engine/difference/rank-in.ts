/**
 * The rank of a token in a row of logits [V]: how many have a larger one. Writes the ids of the largest into `top`, the largest
 * first; of equals the one of the smaller id.
 */
export function rankIn(logits: Float32Array, token: number, top: Uint32Array): number {
  const asked = logits[token] as number;
  const last = top.length - 1;
  let rank = 0;
  let known = 0;
  let smallest = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (logit > asked) rank++;
    if (logit > smallest || known <= last) {
      insert(logits, top, Math.min(known, last), id);
      if (known <= last) known++;
      if (known > last) smallest = logits[top[last] as number] as number;
    }
  }
  return rank;
}

/** Puts an id among those before `place`, which are in order; the one that stands at `place` falls out. */
function insert(logits: Float32Array, top: Uint32Array, place: number, id: number): void {
  const logit = logits[id] as number;
  let at = place;
  while (at > 0 && logit > (logits[top[at - 1] as number] as number)) {
    top[at] = top[at - 1] as number;
    at--;
  }
  top[at] = id;
}
