import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import type { Inspector } from './harness/inspector';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'The mouse & <b>327</b> "cheeses",\n=1+1\0\u{1f600}.';

/** Chooses an entry of the Export menu, and gives what was saved. */
async function save(
  { page, surroundings }: Inspector,
  entry: string,
): Promise<{ name: string; content: string | Uint8Array }> {
  const before = surroundings.did.saved.length;
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await expect.poll(() => surroundings.did.saved.length).toBe(before + 1);
  return surroundings.did.saved.at(-1) as { name: string; content: string | Uint8Array };
}

describe.skipIf(!isSupported)('what is exported', () => {
  const use = useInspector();

  it('is a picture that a browser draws by itself, with the text of the view', async () => {
    const inspector = await use.open({ view: 'tokens', text: TEXT });
    await inspector.page.locator('vt-vocabulary-column').waitFor();
    const { name, content } = await save(inspector, 'SVG');
    expect(name).toBe('tokens.svg');
    const page = await use.stage.browser.newPage();
    await page.setContent(`<body>${content}</body>`);
    const parsed = await page.evaluate(
      `(() => { const d = new DOMParser().parseFromString(${JSON.stringify(content)}, 'image/svg+xml'); return [d.querySelector('parsererror')?.textContent, [...d.querySelectorAll('text')].map((e) => e.textContent).join('')]; })()`,
    );
    await page.close();
    const [error, text] = parsed as [string | undefined, string];
    expect(error).toBeFalsy();
    expect(text).toContain('cheeses');
    expect(text).toContain('<b');
    // A control.
    expect(text).not.toContain('show spaces');
    expect(content).toContain('<title>Tokens · text.md</title>');
    expect(content).toContain('heads off: none</desc>');
  });

  it('is a picture of what is in view of a text that scrolls, and of nothing beyond', async () => {
    const text = 'These are many lines.\n'.repeat(100);
    const inspector = await use.open({ view: 'probabilities', text });
    await inspector.page.locator('vt-surprisal-curve svg').first().waitFor();
    const { content } = await save(inspector, 'SVG');
    const words = await inspector.page.evaluate(
      `[...new DOMParser().parseFromString(${JSON.stringify(content)}, 'image/svg+xml').querySelectorAll('text')]
        .filter((text) => text.textContent.includes('many'))
        .map((text) => text.closest('svg') !== text.ownerDocument.documentElement)`,
    );
    // A frame of its own clips each.
    expect(new Set(words as boolean[])).toEqual(new Set([true]));
    expect((words as boolean[]).length).toBeLessThan(50);
  });

  it.each(['tokens', 'numbers', 'probabilities', 'compare'] as const)('is a PNG of the %s view', async (view) => {
    const inspector = await use.open({ view, text: TEXT, selected: { token: 2 } });
    await inspector.page.locator(WHOLE[view]).first().waitFor();
    const { content } = await save(inspector, 'PNG');
    expect([...(content as Uint8Array).subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(content.length).toBeGreaterThan(10_000);
  });

  it('is a table of the tokens as the command line has them', async () => {
    const inspector = await use.open({ view: 'tokens', text: TEXT });
    await inspector.page.locator('vt-vocabulary-column').waitFor();
    const { content } = await save(inspector, 'JSON');
    const { tokens } = await inspectJson(TEXT);
    const { rows } = JSON.parse(content as string) as {
      rows: { id: number; bytes: string; start: number; end: number }[];
    };
    expect(rows.map(({ id, bytes, start, end }) => ({ id, bytes, start, end }))).toEqual(
      tokens.map(({ id, bytes, start, end }) => ({ id, bytes, start, end })),
    );
  });

  it('is a CSV whose texts are as they are, and no formula only where that was chosen', async () => {
    const inspector = await use.open({ view: 'tokens', text: TEXT });
    await inspector.page.locator('vt-vocabulary-column').waitFor();
    const { content } = await save(inspector, 'CSV');
    expect(content).toContain('"""');
    expect(content).toMatch(
      /^# Vitrine [\d.]+\r\n# model: SmolLM2-135M-Instruct\r\n# sha256: [0-9a-f]{64}\r\n# heads off: none\r\n/,
    );
    expect(content).toMatch(/,"=/);
    await inspector.page.getByRole('button', { name: 'Export' }).click();
    await inspector.page.getByRole('menuitemcheckbox').click();
    await inspector.page.keyboard.press('Escape');
    expect((await save(inspector, 'CSV')).content).toMatch(/,"'=/);
  });

  it('is chosen by key', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByRole('button', { name: 'Export' }).focus();
    await page.keyboard.press('Enter');
    const focused = page.locator('[role=menuitem]:focus');
    await expect.poll(() => focused.textContent()).toContain('SVG');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused.textContent()).toContain('PNG');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menuitem').first().isVisible()).toBe(false);
  });
});
