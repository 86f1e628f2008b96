/**
 * The rank of a token in a row of logits [V]: how many have a larger one. Writes the ids of the largest into `top`, of at most V
 * places, the largest first; of equals the one of the smaller id.
 */
export function rankIn(logits: Float32Array, token: number, top: Uint32Array): number {
  const asked = logits[token] as number;
  const last = top.length - 1;
  let rank = 0;
  for (let id = 0; id <= last; id++) {
    insert(logits, top, id, id);
    if ((logits[id] as number) > asked) rank++;
  }
  let smallest = logits[top[last] as number] as number;
  // Of most tokens nothing more is to be known.
  let least = Math.min(asked, smallest);
  for (let id = last + 1; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (logit <= least) continue;
    if (logit > asked) rank++;
    if (logit <= smallest) continue;
    insert(logits, top, last, id);
    smallest = logits[top[last] as number] as number;
    least = Math.min(asked, smallest);
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
