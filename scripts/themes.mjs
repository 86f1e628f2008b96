/**
 * Of the colours that a workbench gives its pages in a light and in a dark theme, those that the inspector uses, for a page
 * that stands alone. What is used is read from the bundle: `npm run build && node scripts/themes.mjs > webviews/themes.css`.
 */
import { readFileSync } from 'node:fs';

/** Fonts are each machine's own. */
const FONTS = /font-(family|weight|size)$/;

const bundle = ['inspector.js', 'page.css'].map((name) => readFileSync(`dist/webviews/${name}`, 'utf8')).join('');
const used = new Set(bundle.match(/--vscode-[\w-]+/g));

console.log('/* Written by scripts/themes.mjs: the colours of the workbench that the inspector uses. */');
for (const name of ['light', 'dark']) {
  const { kind, variables } = JSON.parse(readFileSync(`test/webviews/harness/themes/${name}.json`, 'utf8'));
  const colours = Object.entries(variables).filter(([variable]) => used.has(variable) && !FONTS.test(variable));
  const lines = colours.map(([variable, value]) => `  ${variable}: ${value};`);
  console.log(`.${kind} {\n  color-scheme: ${name};\n${lines.join('\n')}\n}`);
}
