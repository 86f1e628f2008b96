import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('gives an exported page every colour of the workbench that the inspector uses (else: run scripts/themes.mjs)', () => {
  const written = execFileSync(process.execPath, ['scripts/themes.mjs'], { encoding: 'utf8' });
  expect(readFileSync('webviews/themes.css', 'utf8')).toBe(written);
});
