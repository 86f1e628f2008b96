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

/** The mask of a request in which some heads have no effect; all others stay. */
export function maskOf(off: readonly HeadAddress[]): (HeadAddress & { value: number })[] {
  return off.map(({ layer, head }) => ({ layer, head, value: 0 }));
}
