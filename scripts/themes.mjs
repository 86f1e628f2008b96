/**
 * Writes webviews/themes.css: of the colours that a workbench gives its pages in a light and in a dark theme, those that
 * the inspector uses. For a page that stands alone. Build first: what is used is read from the bundle.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = 'webviews/themes.css';
/** Fonts are each machine's own. */
const FONTS = /font-(family|weight|size)$/;

export function themesCss() {
  const bundle = ['inspector.js', 'page.css'].map((name) => readFileSync(`dist/webviews/${name}`, 'utf8')).join('');
  const used = new Set(bundle.match(/--vscode-[\w-]+/g));
  const rules = ['light', 'dark'].map((name) => {
    const { kind, variables } = JSON.parse(readFileSync(`test/webviews/harness/themes/${name}.json`, 'utf8'));
    const lines = Object.entries(variables)
      .filter(([variable]) => used.has(variable) && !FONTS.test(variable))
      .map(([variable, value]) => `  ${variable}: ${value};`);
    return `.${kind} {\n  color-scheme: ${name};\n${lines.join('\n')}\n}\n`;
  });
  return `/* Written by scripts/themes.mjs: the colours of the workbench's own themes that the inspector uses. */\n${rules.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, themesCss());
