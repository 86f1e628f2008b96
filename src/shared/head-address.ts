/** An attention head by its layer and its number there, both from 0. */
export interface HeadAddress {
  layer: number;
  head: number;
}

/** What may be chosen: no head at all, or none yet. */
type Chosen = { [part in keyof HeadAddress]: HeadAddress[part] | undefined } | undefined;

/** Whether two are the same head, or neither is one. */
export function isSameHead(one: Chosen, other: Chosen): boolean {
  return one?.layer === other?.layer && one?.head === other?.head;
}
