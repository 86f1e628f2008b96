import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { save } from './harness/save';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'The mouse & <b>327</b> "cheeses",\n=1+1\0\u{1f600}.';

describe.skipIf(!isSupported)('what is exported', () => {
  const use = useInspector();

  it('is a picture that a browser draws by itself, with the text of the view', async () => {
    const inspector = await use.open({ view: 'tokens', text: TEXT });
    await inspector.page.locator('vt-vocabulary-column').waitFor();
    const { name, content } = await save(inspector, 'SVG');
    expect(name).toBe('text.md-tokens.svg');
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

  it.each([
    ['probabilities', 'mouse.txt', 'mouse.txt-probabilities'],
    ['probabilities', '../ra\u202etón: "uno"?.txt', 'ra-tón-uno-.txt-probabilities'],
    ['probabilities', 'x'.repeat(300), `${'x'.repeat(40)}-probabilities`],
    ['compare', 'mouse.txt', 'compare'],
  ] as const)('is a file that is called after the view and the document: %s of %s', async (view, title, name) => {
    const inspector = await use.open({ view, text: TEXT, title, selected: { token: 2 } });
    await inspector.page.locator(WHOLE[view]).first().waitFor();
    expect((await save(inspector, 'SVG')).name).toBe(`${name}.svg`);
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

  it.each([
    ['tokens', 'Tokens · text.md'],
    // What these show is not of the text.
    ['numbers', 'Numbers'],
    ['probabilities', 'Probabilities · text.md'],
    ['compare', 'Texts'],
  ] as const)('is a PNG of the %s view', async (view, title) => {
    const inspector = await use.open({ view, text: TEXT, selected: { token: 2 } });
    await inspector.page.locator(WHOLE[view]).first().waitFor();
    const { content } = await save(inspector, 'PNG');
    const texts = textsOf(Buffer.from(content as Uint8Array));
    expect(texts.Title).toBe(title);
    expect(texts.Description).toMatch(
      /^Vitrine [\d.]+\nmodel: SmolLM2-135M-Instruct\nsha256: [0-9a-f]{64}\nheads off: none$/,
    );
    expect(content.length).toBeGreaterThan(10_000);
    // A browser refuses what is broken.
    const url = `data:image/png;base64,${Buffer.from(content as Uint8Array).toString('base64')}`;
    const width = await inspector.page.evaluate(`Object.assign(new Image(), { src: '${url}' }).decode().then(() => 1)`);
    expect(width).toBe(1);
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

  it.each([
    [false, '-'],
    [true, "'-"],
  ])('has the token - in a CSV as it is, and with an apostrophe where that was chosen: %s', async (guards, text) => {
    const inspector = await use.open({ view: 'tokens', text: 'a-b' });
    const { page } = inspector;
    await page.locator('vt-vocabulary-column').waitFor();
    if (guards) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitemcheckbox').click();
      await page.keyboard.press('Escape');
    }
    const { content } = await save(inspector, 'CSV');
    const rows = String(content).split('\r\n').slice(5);
    expect(rows.filter((row) => row.includes('-')).map((row) => row.split(',')[2])).toEqual([`"${text}"`]);
  });

  it('is explained where it is chosen, if it is a table', async () => {
    const { page, hostApi } = await use.open({ view: 'tokens', text: TEXT });
    await page.locator('vt-vocabulary-column').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'What the columns mean' }).click();
    await expect.poll(() => hostApi.did.actions).toEqual(['explainTables']);
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

/** The texts of a PNG by their keywords (third edition, 11.3.3.4), each with the checksum that zlib gives it. */
function textsOf(png: Buffer): Record<string, string> {
  const texts: Record<string, string> = {};
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    if (png.toString('latin1', at + 4, at + 8) !== 'iTXt') continue;
    const [keyword = '', text = ''] = png.toString('utf8', at + 8, end).split(/\0+/);
    texts[keyword] = text;
  }
  return texts;
}
