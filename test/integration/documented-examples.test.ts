import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { createTokenizer } from '../../src/tokenizer';
import { vitrine } from '../support/command-line';
import { loadRequest, startTestEngine } from '../support/engine';
import { startFakeModelServer } from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';

interface Example {
  page: string;
  command: string;
  /** Its beginning, without spaces at the ends of lines. */
  output: string;
}

const SERVER = /--server http:\/\/(\S+)/;

const manual = readFileSync('docs/cli.md', 'utf8');

/** A command, indented, and after it what it prints. */
const EXAMPLE = /^ {4}(?:vitrine|npm start --) (.+)\n\n```\n([\s\S]+?)\n```$/gm;

const examples = ['README.md', 'docs/cli.md'].flatMap((page): Example[] =>
  Array.from(readFileSync(page, 'utf8').matchAll(EXAMPLE), ([, command = '', output = '']) => ({
    page,
    command,
    output,
  })),
);

describe('the documentation of the command line', () => {
  it('has examples on the first page and in the manual', () => {
    expect(new Set(examples.map(({ page }) => page)).size).toBe(2);
  });

  it.each(examples)('prints of $command in $page what it says', async ({ command, output }) => {
    const stdout = SERVER.test(command) ? await printedWithServer(command) : (await vitrine(wordsOf(command))).stdout;
    const printed = stdout.split('\n').map((line) => line.trimEnd());
    expect(printed.slice(0, output.split('\n').length).join('\n')).toBe(output);
  });

  it.each([
    'inspect',
    'heads',
    'anatomy',
    'diff',
    'chat',
    'data',
    'scan',
    'review',
    'serve',
    'tokens',
    'numbers',
    'get',
    'devices',
    'cache',
  ])('names every option of %s', async (command) => {
    const { stdout } = await vitrine([command, '--help']);
    const options = Array.from(stdout.matchAll(/^ {2}(--[\w-]+)/gm), ([, option = '']) => option);
    const section = manual.split('\n## ').find((one) => one.startsWith(`\`vitrine ${command}`)) ?? '';
    expect(options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(section))).toEqual([]);
    expect(section).not.toBe('');
  });

  it('is where --help says', async () => {
    for (const args of [['--help'], ['inspect', '--help']]) {
      const { stdout } = await vitrine(args);
      const paths = Array.from(stdout.matchAll(/: (.*\.md)$/gm), ([, path = '']) => path);
      expect(paths.filter((path) => /docs.(cli|json)\.md$/.test(path))).toHaveLength(2);
      expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    }
  });
});

/** With a server in the place of the one that the example names, which has the numbers of the default model. */
async function printedWithServer(command: string): Promise<string> {
  const [, host = ''] = SERVER.exec(command) ?? [];
  const engine = startTestEngine();
  onTestFinished(() => engine.stop());
  await engine.load(loadRequest());
  const tokenizer = createTokenizer(await engine.vocabulary({}));
  const { address } = await startFakeModelServer({ kind: 'vllm', numbers: numbersOf(() => engine), tokenizer });
  const words = wordsOf(command.replace(`http://${host}`, address));
  const { stdout } = await vitrine([...words, '--vocabulary', defaultModelPath()]);
  return stdout.replaceAll(new URL(address).host, host);
}

/** As a shell takes them apart. */
function wordsOf(command: string): string[] {
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain = '']) => quoted ?? plain);
}
