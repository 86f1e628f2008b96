import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether the linter refuses that a file imports something, under the project's own rules. */
function refuses(file: string, imported: string): boolean {
  const folder = temporaryFolder();
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `import { x } from '${imported}';\n\nx();\n`);
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.includes('noRestrictedImports');
}

it.each([
  ['src/shared/x.ts', '../engine'],
  ['src/shared/x.ts', '../model/config'],
  ['src/tokenizer/x.ts', '../model/config'],
  ['src/tokenizer/bpe/x.ts', '../../engine/client'],
  ['src/model/x.ts', '../engine'],
  ['src/model/graphs/x.ts', '../../cli/output'],
  ['src/engine/x.ts', '../cli'],
  ['src/engine/x.ts', 'vscode'],
  ['src/cli/x.ts', 'vscode'],
  ['src/engine/x.ts', '../inspector'],
  ['src/inspector/x.ts', '../engine/client'],
  ['src/inspector/x.ts', '../extension/settings'],
  ['webviews/x.ts', '../src/tokenizer'],
  ['webviews/views/tokens/x.ts', '../../../src/inspector'],
  ['webviews/kit/x.ts', 'node:fs'],
  ['src/extension/side/x.ts', '../../engine/engine'],
  ['src/extension/x.ts', '../model/config'],
])('the linter refuses that %s imports %s', (file, imported) => {
  expect(refuses(file, imported)).toBe(true);
});

it.each([
  ['src/tokenizer/x.ts', '../shared/tokens'],
  ['src/model/x.ts', '../tokenizer'],
  ['src/engine/x.ts', '../model/compile'],
  ['src/cli/x.ts', '../engine/client'],
  ['src/inspector/x.ts', '../tokenizer'],
  ['src/cli/x.ts', '../inspector'],
  ['src/extension/inspector/x.ts', '../../inspector'],
  ['webviews/views/tokens/x.ts', '../../../src/shared/inspector-api'],
  ['webviews/x.ts', './inspector'],
  ['src/extension/x.ts', '../engine/client'],
  ['src/extension/side/x.ts', '../../engine/client'],
  ['src/extension/side/x.ts', '../engine/engine-host'],
])('and lets %s import %s', (file, imported) => {
  expect(refuses(file, imported)).toBe(false);
});
