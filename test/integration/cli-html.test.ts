import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { defaultModel } from '../../models/catalogue';
import { commandLine, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

const LETTER = 'Dear reader, this is no page.';

it('writes over a page that it wrote, and prints the table as ever', async () => {
  const path = join(temporaryFolder(), 'out.html');
  await vitrine(['inspect', 'the mouse', '--model', llamaFixture('grouped'), '--html', path]);
  const { code, stdout, stderr } = await vitrine(['inspect', 'The mouse', '--html', path]);
  expect(code).toBe(0);
  expect(stdout).toContain('perplexity');
  expect(stderr).toMatch(/Wrote .*out\.html \(1\.\d MB\)\./);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
});

it.each([
  ['a folder that there is not', 'no/such/out.html', /There is no folder .* to write out\.html in\./],
  ['a folder in the place of a file', 'folder', /is a folder\. Name a file in it\./],
  [
    'a file in the place of a folder',
    'letter.txt/out.html',
    /could not be written: a part of its path is not a folder\./,
  ],
])('says at once why nothing can be written: %s', async (_, name, sentence) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'letter.txt'), LETTER);
  const { code, stdout, stderr } = await vitrine(['inspect', 'The mouse', '--html', join(folder, name)]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
});

it.skipIf(process.platform === 'win32')('does not wait for whoever would read a pipe', async () => {
  const path = join(temporaryFolder(), 'pipe');
  spawnSync('mkfifo', [path]);
  const { code, stdout, stderr } = await vitrine(['inspect', 'The mouse', '--html', path, '--force']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/is no file: it would wait for whoever reads it\. Name a file\./);
});

it.each<[string, (letter: string, link: string) => void]>([
  ['itself', (letter, link) => writeFileSync(link, readFileSync(letter))],
  ['behind a link', (letter, link) => symlinkSync(letter, link)],
  ['with another name', (letter, link) => linkSync(letter, link)],
])('does not write over what is no page unless it is told to: %s', async (_, make) => {
  const folder = temporaryFolder();
  const [letter, path] = [join(folder, 'letter.txt'), join(folder, 'out.html')];
  writeFileSync(letter, LETTER);
  make(letter, path);
  const args = ['inspect', 'the mouse', '--model', llamaFixture('grouped'), '--html', path];
  const { code, stdout, stderr } = await vitrine(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/is no page that Vitrine wrote\. .*--force/);
  expect(readFileSync(letter, 'utf8')).toBe(LETTER);
  expect((await vitrine([...args, '--force'])).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toMatch(/^<!DOCTYPE html>/);
});

it.each<[string, (folder: string, link: string) => string[]]>([
  ['the text', (folder) => ['--file', join(folder, 'letter.txt'), '--html', join(folder, 'letter.txt')]],
  ['the text behind a link', (folder, link) => [...linked(folder, link, symlinkSync), '--html', link]],
  ['the text by another name', (folder, link) => [...linked(folder, link, linkSync), '--html', link]],
  [
    'the model behind a link',
    (folder, link) => {
      writeFileSync(join(folder, 'model.gguf'), readFileSync(llamaFixture('grouped')));
      symlinkSync(join(folder, 'model.gguf'), link);
      return ['the mouse', '--model', join(folder, 'model.gguf'), '--html', link];
    },
  ],
])('does not write over what it reads, whatever it is told: %s', async (_, argsFor) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'letter.txt'), LETTER);
  const args = argsFor(folder, join(folder, 'out.html'));
  const before = readFileSync(args.at(-1) ?? '');
  const { code, stderr } = await vitrine(['inspect', ...args, '--force']);
  expect(code).toBe(2);
  expect(stderr).toContain('which is read. Name another file.');
  expect(readFileSync(args.at(-1) ?? '')).toEqual(before);
});

it('does not write over its standard input', () => {
  const path = join(temporaryFolder(), 'letter.txt');
  writeFileSync(path, LETTER);
  const input = openSync(path, 'r');
  const { status } = spawnSync(process.execPath, [commandLine, 'inspect', '-', '--html', path, '--force'], {
    stdio: [input, 'ignore', 'ignore'],
  });
  closeSync(input);
  expect(status).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(LETTER);
});

it.runIf(existsSync('/proc/self'))('says at once that a folder takes no new files', async () => {
  expect(await vitrine(['inspect', 'The mouse', '--html', '/proc/out.html'])).toEqual({
    code: 1,
    stdout: '',
    stderr: '/proc takes no new files. Name a file in another folder.\n',
  });
});

it('does not write over the model that comes with it, whatever it is told', () => {
  // Another installation, whose model nobody would miss.
  const folder = temporaryFolder();
  const [program, model] = [join(folder, 'dist/vitrine.js'), join(folder, 'models', defaultModel.file)];
  for (const name of ['dist', 'models']) mkdirSync(join(folder, name));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  copyFileSync('package.json', join(folder, 'package.json'));
  copyFileSync(commandLine, program);
  writeFileSync(model, LETTER);
  const run = [program, 'inspect', 'the mouse', '--html', model, '--force'];
  const { status, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  expect(stderr).toBe(`--html would write over ${model}, which is read. Name another file.\n`);
  expect(status).toBe(2);
  expect(readFileSync(model, 'utf8')).toBe(LETTER);
});

it.runIf(process.platform === 'linux').each<[string, (weights: string, folder: string) => string]>([
  ['its weights', (weights) => weights],
  ['a new file beside them', (weights) => join(weights, '../out.html')],
  ['its weights behind a link', (weights, folder) => linkedAs(folder, weights, symlinkSync)],
  ['its weights by another name', (weights, folder) => linkedAs(folder, weights, linkSync)],
  [
    'a new file behind a link to its folder',
    (weights, folder) => join(linkedAs(folder, join(weights, '..'), symlinkSync), 'out.html'),
  ],
])('leaves a compiled model as it is, whatever it is told: %s', async (_, pathFor) => {
  const folder = temporaryFolder();
  const env = { XDG_CACHE_HOME: folder };
  const inspect = ['inspect', 'the mouse', '--model', llamaFixture('grouped')];
  await vitrine(inspect, { env });
  const models = join(folder, 'vitrine/compiled-models');
  const weights = join(models, readdirSync(models)[0] ?? '', 'weights.bin');
  const { code, stderr } = await vitrine([...inspect, '--html', pathFor(weights, folder), '--force'], { env });
  expect(code).toBe(2);
  expect(stderr).toMatch(/ belongs to the compiled models in .*\. Name another file\.\n$/);
  expect((await vitrine(['cache', 'verify'], { env })).stdout).toBe('1 compiled model as written.\n');
});

function linkedAs(folder: string, target: string, make: (target: string, path: string) => void): string {
  const path = join(folder, 'link');
  make(target, path);
  return path;
}

function linked(folder: string, link: string, make: (target: string, path: string) => void): string[] {
  make(join(folder, 'letter.txt'), link);
  return ['--file', join(folder, 'letter.txt')];
}
