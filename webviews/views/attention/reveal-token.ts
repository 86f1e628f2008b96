import type { ReactiveElement } from 'lit';
import '../../kit/strip';
import '../../kit/token-text';

/** Scrolls the text of a strip to a token. */
export async function revealToken({ renderRoot }: ReactiveElement, token: number | undefined): Promise<void> {
  const text = renderRoot.querySelector('vt-token-text');
  await text?.updateComplete;
  const element = token === undefined ? undefined : text?.elementAt(token);
  if (element) renderRoot.querySelector('vt-strip')?.reveal(element);
}
