import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { vitrine } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

it('writes over a file that is there, and prints the table as ever', async () => {
  const path = join(temporaryFolder(), 'out.html');
  writeFileSync(path, 'old');
  const { code, stdout, stderr } = await vitrine(['inspect', 'The mouse', '--html', path]);
  expect(code).toBe(0);
  expect(stdout).toContain('perplexity');
  expect(stderr).toMatch(/Wrote .*out\.html \(1\.\d MB\)\./);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
});

it.each([
  ['a folder that there is not', 'no/such/out.html', /There is no folder .* to write out\.html in\./],
  ['a folder in the place of a file', 'folder', /is a folder\. Name a file in it\./],
])('says at once why nothing can be written: %s', async (_, name, sentence) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  const { code, stdout, stderr } = await vitrine(['inspect', 'The mouse', '--html', join(folder, name)]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
});

it('does not write over the text that it reads', async () => {
  const path = join(temporaryFolder(), 'page.html');
  writeFileSync(path, 'The mouse');
  const { code, stderr } = await vitrine(['inspect', '--file', path, '--html', path]);
  expect(code).toBe(2);
  expect(stderr).toContain('which is read. Name another file.');
  expect(readFileSync(path, 'utf8')).toBe('The mouse');
});
