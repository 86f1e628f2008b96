/** How long a place is waited for: the text may have to be read first. */
const LONGEST_MS = 10_000;

/** How long it is kept in view while what stands around it is still drawn. */
const KEPT_MS = 2000;

const PAUSE_MS = 100;

/** By which a person takes the page over. */
const BY_HAND = ['wheel', 'pointerdown', 'keydown'];

/** Brings what is marked with `data-place` into view, in whatever element it stands, as soon as it is there. */
export async function bringIntoView(root: ParentNode, place: string): Promise<void> {
  const ended = new AbortController();
  for (const event of BY_HAND) window.addEventListener(event, () => ended.abort(), { signal: ended.signal });
  const began = performance.now();
  let last = began + LONGEST_MS;
  let isFound = false;
  while (!ended.signal.aborted && performance.now() < last) {
    const found = find(root, `[data-place="${place}"]`);
    if (found && !isFound) last = performance.now() + KEPT_MS;
    isFound ||= found !== undefined;
    found?.scrollIntoView({ block: 'nearest' });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  ended.abort();
}

function find(root: ParentNode, selector: string): Element | undefined {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && find(shadowRoot, selector);
    if (inside) return inside;
  }
  return undefined;
}
