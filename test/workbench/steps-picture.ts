import type { FrameLocator } from 'playwright-core';
import { launchBrowser } from './harness/browser';
import { installWorkbench } from './harness/install';
import { Workbench } from './harness/workbench';

/*
 * The README's first picture, of a real workbench with the extension as it is built: the main gesture in four steps.
 * `node test/webviews/run.mjs ../workbench/steps-picture` makes it anew.
 */

const PATH = 'media/screenshots/steps.png';
const NAME = 'average.py';
/** It should add. */
const CODE = `def average(values):
    total = 0
    for value in values:
        total -= value
    return total / len(values)
`;
const FAULT = [4, 16] as const;

/** What a step shows of the window, in pixels, under its title: of the editor, and of the inspector beside it. */
const WIDTH = 600;
const TEXT = 200;
const CARD = 310;
/** As high as what stands beside it. */
const INSPECTOR = 854;
const TITLE = 35;
const HEIGHT = 980;

const STYLE = `
  body { margin: 0; }
  main {
    display: grid; grid-template: auto auto 1fr / auto auto; gap: 28px 36px; padding: 24px; width: max-content;
    background: #1b1c1f; color: #eee; font: 20px sans-serif;
  }
  figure { position: relative; margin: 0; }
  figcaption { display: flex; align-items: center; gap: 10px; padding-bottom: 12px; }
  b { width: 30px; line-height: 30px; border-radius: 50%; background: #d98a4b; color: #1b1c1f; text-align: center; }
  img { display: block; border: 1px solid #555; border-radius: 6px; }
  figure:last-child { grid-area: 1 / 2 / 4; }
  figure:not(:last-child)::after { position: absolute; color: #d98a4b; content: '▼'; bottom: -27px; left: 300px; }
  figure:nth-child(3)::after { content: '▶'; right: -28px; bottom: 50%; left: auto; }
`;

interface Step {
  caption: string;
  /** A PNG in base64. */
  image: string;
}

installWorkbench();
const workbench = await Workbench.open({
  files: { [NAME]: CODE },
  settings: {
    'breadcrumbs.enabled': false,
    'editor.fontSize': 16,
    'editor.hover.above': false,
    'editor.minimap.enabled': false,
    'editor.occurrencesHighlight': 'off',
    'editor.selectionHighlight': false,
    'window.commandCenter': false,
    'window.title': 'Vitrine',
    'workbench.activityBar.location': 'hidden',
  },
});
const { page } = workbench;
try {
  await compose([await selected(), await coloured(), await pointedAt(), await inspected()]);
} finally {
  await workbench.close();
}

async function selected(): Promise<Step> {
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  await workbench.run('View: Close Primary Side Bar');
  await workbench.openFile(NAME);
  await workbench.run('Select All');
  return { caption: 'Select a text', image: await panel(TEXT) };
}

async function coloured(): Promise<Step> {
  await workbench.run('Vitrine: Colour by Surprisal');
  await workbench.page.locator('.view-overlays .cdr[class*="ced-"]').first().waitFor();
  await workbench.goTo(6, 1);
  return { caption: 'Colour it by surprisal', image: await panel(TEXT) };
}

async function pointedAt(): Promise<Step> {
  await workbench.hover(...FAULT);
  return { caption: 'Point at what surprises the model', image: await panel(CARD) };
}

async function inspected(): Promise<Step> {
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 2 * WIDTH, height: HEIGHT });
  await workbench.goTo(...FAULT);
  await workbench.run('Vitrine: Inspect Selection');
  await inspector().locator('vt-probabilities-view').waitFor();
  return { caption: 'Inspect it', image: await panel(INSPECTOR, WIDTH) };
}

function inspector(): FrameLocator {
  return page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
}

/** Of the window from a place on, once nothing moves any more. */
async function panel(height: number, x = 0): Promise<string> {
  await page.waitForTimeout(2000);
  const image = await page.screenshot({ animations: 'disabled', clip: { x, y: TITLE, width: WIDTH, height } });
  return image.toString('base64');
}

async function compose(steps: readonly Step[]): Promise<void> {
  const browser = await launchBrowser();
  try {
    const sheet = await browser.newPage();
    const figures = steps.map(
      ({ caption, image }, i) => `<figure><figcaption><b>${i + 1}</b> ${caption}</figcaption>
        <img src="data:image/png;base64,${image}"></figure>`,
    );
    await sheet.setContent(`<style>${STYLE}</style><main>${figures.join('')}</main>`);
    await sheet.locator('main').screenshot({ path: PATH });
  } finally {
    await browser.close();
  }
}
