import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VIEWS, type ViewName } from '../../src/shared/inspector-api';
import type { ServerKind } from '../support/fake-model-server';
import { installWorkbench } from '../workbench/harness/install';
import { openInspector } from './harness/inspector';
import { isThemeName } from './harness/page';
import { Stage } from './harness/stage';

/*
 * A picture of a view, from the real engine:
 * `node test/webviews/run.mjs show --view attention --text 'The mouse' --theme dark --width 900 --out view.png`.
 * `--chat '[{"role":"user","content":"Hi"}]'` is a chat in place of the text.
 * `--served vllm` has the model behind a server of that kind (`ServerKind`) in place of an engine.
 * Code after --eval runs before the picture is taken; it has `page`, `inspector` and `stage`, and what it returns is printed.
 */

const { values } = parseArgs({
  options: {
    view: { type: 'string', default: 'tokens' },
    text: { type: 'string', default: 'The mouse that ate the cheese ran from the cat that ate the mouse.' },
    file: { type: 'string' },
    chat: { type: 'string' },
    model: { type: 'string' },
    served: { type: 'string' },
    title: { type: 'string' },
    token: { type: 'string' },
    layer: { type: 'string' },
    head: { type: 'string' },
    asked: { type: 'string', default: '{}' },
    compared: { type: 'string' },
    theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '900' },
    height: { type: 'string', default: '700' },
    lang: { type: 'string', default: 'en' },
    early: { type: 'boolean', default: false },
    eval: { type: 'string' },
    out: { type: 'string' },
    axe: { type: 'boolean', default: false },
  },
});

// What the tests have compiled is there already.
process.env.XDG_CACHE_HOME ??= resolve('node_modules/.cache/vitrine-test');
installWorkbench();
const stage = await Stage.open({ path: values.model, served: values.served as ServerKind | undefined });
try {
  await show();
} finally {
  await stage.close();
}

function print(result: unknown): void {
  process.stdout.write(`${typeof result === 'string' ? result : JSON.stringify(result, undefined, 2)}\n`);
}

async function show(): Promise<void> {
  const { view, theme, file, title, token } = values;
  if (!VIEWS.includes(view as ViewName)) throw new Error(`--view is one of ${VIEWS.join(', ')}.`);
  if (!isThemeName(theme)) throw new Error('--theme is light, dark, high-contrast or high-contrast-light.');
  const inspector = await openInspector(stage, {
    text: file === undefined ? values.text : readFileSync(file, 'utf8'),
    chat: values.chat === undefined ? undefined : JSON.parse(values.chat),
    title: title ?? file ?? 'text.md',
    view: view as ViewName,
    selected: {
      token: token === undefined ? undefined : Number(token),
      layer: values.layer === undefined ? undefined : Number(values.layer),
      head: values.head === undefined ? undefined : Number(values.head),
    },
    asked: JSON.parse(values.asked),
    comparison: values.compared === undefined ? undefined : JSON.parse(values.compared),
    theme,
    width: Number(values.width),
    height: Number(values.height),
    language: values.lang,
    early: values.early,
  });
  const { page } = inspector;
  if (!values.early) await page.waitForTimeout(500);
  if (values.eval) {
    const run = new Function('page', 'inspector', 'stage', `return (async () => { ${values.eval} })()`);
    const result: unknown = await run(page, inspector, stage);
    if (result !== undefined) print(result);
  }
  if (values.out) await page.screenshot({ path: values.out, fullPage: true });
  if (values.axe) print((await inspector.violations()).join('\n') || 'axe-core finds nothing wrong.');
  for (const problem of inspector.problems) console.error(`problem in the page: ${problem}`);
}
