import type { Page } from 'playwright-core';

/**
 * Takes note of every text that some elements show from now on, however short the time for which they do.
 *
 * @returns what they have shown until it is called
 */
export async function textsSeen(page: Page, selector: string): Promise<() => Promise<string[]>> {
  // The code runs in the page: it knows nothing but its argument.
  const seen = await page.locator('body').evaluateHandle((body, chosen) => {
    const texts = new Set<string>();
    const note = () => {
      for (const element of body.querySelectorAll(chosen)) texts.add(element.textContent.replaceAll('\u00a0', ' '));
    };
    const { MutationObserver } = body.ownerDocument.defaultView;
    new MutationObserver(note).observe(body, { subtree: true, childList: true, characterData: true });
    return texts;
  }, selector);
  return () => seen.evaluate((texts) => [...texts]);
}
