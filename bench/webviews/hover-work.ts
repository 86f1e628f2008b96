import { openInspector } from '../../test/webviews/harness/inspector';
import type { Stage } from '../../test/webviews/harness/stage';

const MOVES = 200;

/** Milliseconds of the page's thread for each move of the pointer from token to token, drawing included. */
export async function hoverWork(stage: Stage, text: string): Promise<number[]> {
  const { page, close } = await openInspector(stage, { view: 'probabilities', text, width: 1600, height: 1000 });
  await page.getByRole('option').nth(1000).waitFor({ state: 'attached' });
  const work = (await page.evaluate(`(${move})(${MOVES})`)) as number[];
  await close();
  return work;
}

/** Runs in the page: points at one token after another, and waits each time until elements and layout are up to date. */
const move = `async (moves) => {
  const strip = document.querySelector('vt-inspector').shadowRoot.querySelector('vt-probabilities-view').shadowRoot.querySelector('vt-heat-strip');
  const text = strip.shadowRoot.querySelector('vt-token-text').shadowRoot;
  const tokens = [...text.querySelectorAll('[data-position]')];
  const times = [];
  for (let i = 0; i < moves; i++) {
    const start = performance.now();
    tokens[(i * 17) % tokens.length].dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    await new Promise((done) => setTimeout(done));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}`;
