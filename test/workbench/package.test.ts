import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { isSupported } from './harness/install';

const NEEDED = [
  'dist/engine.js',
  'dist/extension.cjs',
  'dist/pulse.js',
  'l10n/bundle.l10n.es.json',
  'docs/cli.md',
  'models/SmolLM2-135M-Instruct.Q4_1.gguf',
  'src/extension/api/vitrine.d.ts',
  'THIRD_PARTY_NOTICES.txt',
];

beforeAll(() => {
  if (isSupported) execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
});

const options = {
  extension: 'dist/vitrine-linux-x64.vsix',
  files: { 'number.txt': 'The mouse ate 327' },
  settings: { 'vitrine.tokenizer': 'cl100k_base' },
};

describeInWorkbench('installed from its package', options, (workbench) => {
  test('it holds what this platform needs, and no source, test or other platform', () => {
    const { extensions } = workbench().server;
    const installed = readdirSync(extensions).find((name) => name.startsWith('vitrine.')) ?? '';
    const files = readdirSync(join(extensions, installed), { recursive: true }).map(String);
    expect(files).toEqual(expect.arrayContaining(NEEDED));
    const unwanted = files.filter((file) => /\.ts$|\.map$|^(test|bench|scripts)\b|cuda|tensorrt/i.test(file));
    // The definition of what other extensions may use, which the documentation leads to.
    expect(unwanted).toEqual(['src/extension/api/vitrine.d.ts']);
    expect(files.filter((file) => /\.(node|so|dll|dylib)\b/.test(file) && !file.includes('linux/x64'))).toEqual([]);
  });

  test('the vocabularies that come with it are read', async () => {
    await workbench().openFile('number.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    // The mouse ate, a space, and the number as one token.
    await expect.poll(() => workbench().paint()).toHaveLength(5);
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('the model that comes with it runs', async () => {
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(2);
  });
});
