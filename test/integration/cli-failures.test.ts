import { type ChildProcessWithoutNullStreams, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  commandLine,
  finished,
  type Run,
  startInTerminal,
  startVitrine,
  TERMINAL,
  vitrine,
} from '../support/command-line';
import { childrenOf } from '../support/processes';
import { temporaryFolder } from '../support/temporary-folder';

const TEXT = 'The mouse ate the cheese. ';
/** Its weights are 16 bits each. */
const QWEN_FOLDER = 'test/fixtures/architectures/qwen2-padded/hf';
const LONG_TEXT = TEXT.repeat(400);
/** Nearly fills the context. */
const LONGEST_TEXT = TEXT.repeat(1300);
const CLEARED_LINE = '\r\x1b[2K';

describe('wrong use: exit code 2', () => {
  it.each([
    ['no command', [], /Usage/],
    ['a command that there is not', ['inspekt'], /Did you mean inspect/],
    ['no text', ['inspect'], /Give either a text/],
    ['two texts', ['inspect', TEXT, '--file', 'a.txt'], /Give either a text/],
    ['too many arguments', ['inspect', 'The', 'mouse'], /too many arguments/],
    ['an option that there is not', ['inspect', TEXT, '--colour'], /unknown option/],
    ['more alternatives than there are', ['inspect', TEXT, '--top', '51'], /from 1 to 50/],
    ['an empty selection', ['inspect', TEXT, '--select', '5:5'], /START is less than END/],
    ['a selection past the end', ['inspect', TEXT, '--select', '0:99'], /past the end .* 26 UTF-16 units/],
    ['a head that is none', ['inspect', TEXT, '--attention', 'all'], /LAYER\.HEAD/],
    ['a head that the model lacks', ['inspect', TEXT, '--ablate', '30.0'], /no head 30\.0: .* 0 to 29 .* 0 to 8/],
    ['a provider that there is not', ['inspect', TEXT, '--provider', 'tpu'], /auto, cpu, webgpu/],
    ['sampling of nothing', ['inspect', TEXT, '--top-k', '5'], /belong to --continue/],
    ['no path for the page', ['inspect', TEXT, '--html', ''], /It has to be a path/],
    ['no path of a model', ['inspect', TEXT, '--model', ''], /It has to be a path/],
    ['what a terminal would obey', ['inspect', TEXT, '--\x1b[31mred\x07'], /unknown option '--␛\[31mred␇'/],
    ['a number that a terminal would obey', ['inspect', TEXT, '--top', '\x1b]0;x\x07'], /␛\]0;x␇/],
    ['a model of the hub that has no owner', ['get', 'llama'], /^llama is no name of a model/],
    ['a probability over 1', ['inspect', TEXT, '--continue', '1', '--top-p', '2'], /from 0 to 1/],
  ])('%s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await vitrine(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

describe('a run that fails: exit code 1 and one sentence', () => {
  const folder = () => temporaryFolder();
  const circle = () => {
    const path = join(folder(), 'circle');
    symlinkSync('circle', path);
    return path;
  };
  it.each<[string, () => string[], RegExp]>([
    ['no such file', () => ['--file', '/no/such/file.txt'], /no file \/no\/such\/file\.txt/],
    ['a folder', () => ['--file', folder()], /is a folder/],
    ['links in a circle', () => ['--file', circle()], /circle could not be read: its links lead in a circle\.\n$/],
    ['a model behind them', () => [TEXT, '--model', circle()], /cannot be read: its links lead in a circle\.\n$/],
    ['empty text', () => [''], /no text/],
    ['a text of which the vocabulary has nothing', () => ['\x04'], /sees nothing of this text/],
    [
      'a text past the context',
      () => [LONG_TEXT.repeat(4)],
      /has [\d,]+ tokens, and .* has room for 8,192\..*--truncate/,
    ],
    [
      'weights that a file has not, with what to say instead',
      () => [TEXT, '--model', QWEN_FOLDER, '--weights', 'packed'],
      /no weights in blocks of few bits .* Say --weights float32, --weights 8bit or --weights 4bit\.\n$/,
    ],
    ['no such model', () => [TEXT, '--model', '/no/such/model.gguf'], /no file \/no\/such\/model\.gguf/],
    [
      'a folder as the model',
      () => [TEXT, '--model', folder()],
      /has no config\.json: choose a GGUF file, or a Hugging Face folder/,
    ],
    ['a model that is none', () => [TEXT, '--model', 'package.json'], /not a GGUF file/],
    [
      'a selection of what the model does not see',
      () => ['a\x04\x04\x04\x04b', '--select', '2:3'],
      /sees nothing of 2:3/,
    ],
  ])('%s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await vitrine(['inspect', ...args()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('a standard input that is not open for reading', () => {
    const output = openSync(join(folder(), 'out.txt'), 'w');
    onTestFinished(() => closeSync(output));
    const { status, stderr } = spawnSync(process.execPath, [commandLine, 'inspect', '-'], {
      stdio: [output, 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'The standard input could not be read: it is not open for that.\n',
    });
  });

  it('one megabyte of one letter', async () => {
    const { code, stderr } = await vitrine(['inspect', '-'], { input: 'a'.repeat(1_000_000) });
    expect(code).toBe(1);
    expect(stderr).toContain('has room for 8,192');
  });

  it('an input without end', async () => {
    const { code, stderr } = await vitrine(['inspect', '--file', '/dev/zero']);
    expect(code).toBe(1);
    expect(stderr).toContain('more than 64 MB');
  });
});

describe('odd text is read as it is', () => {
  it('binary, with a word about it', async () => {
    const bytes = Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 167) % 256));
    const { code, stdout, stderr } = await vitrine(['inspect', '-', '--json'], { input: bytes });
    expect(code).toBe(0);
    expect(stderr).toContain('not all UTF-8');
    expect(JSON.parse(stdout).tokens.length).toBeGreaterThan(100);
  });

  it('of a text past the context the last tokens, and it says so', async () => {
    const options = ['--model', 'test/fixtures/llama/grouped.gguf', '--truncate', '--json'];
    const { code, stdout, stderr } = await vitrine(['inspect', '-', ...options], { input: 'the mouse '.repeat(400) });
    expect(code).toBe(0);
    expect(stderr).toMatch(/its first 545 tokens were left out, the last 256 tokens were read/);
    const { tokens } = JSON.parse(stdout);
    expect([tokens.length, tokens.at(-1).end]).toEqual([256, 4000]);
  });

  it('a byte order mark and a last newline', async () => {
    const path = join(temporaryFolder(), 'bom.txt');
    writeFileSync(path, '\ufeffhello\n');
    const { code, stdout } = await vitrine(['inspect', '--file', path, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).text).toBe('\ufeffhello\n');
  });

  it('a lone surrogate in UTF-8 is no text', async () => {
    const { code, stdout, stderr } = await vitrine(['inspect', '-', '--json'], {
      input: Buffer.from([0xed, 0xa0, 0x80]),
    });
    expect(code).toBe(0);
    expect(stderr).toContain('not all UTF-8');
    expect(JSON.parse(stdout).text).toMatch(/^\ufffd+$/);
  });
});

describe.runIf(existsSync('/proc/self/task'))('nothing is left running', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s while it starts', async (signal, exitCode) => {
    const vitrineProcess = startVitrine(['inspect', '-'], { input: LONG_TEXT });
    const done = finished(vitrineProcess);
    const engine = await engineOf(vitrineProcess.pid);
    vitrineProcess.kill(signal);
    const { code, stdout, stderr } = await done;
    expect({ code, stdout, stderr }).toEqual({ code: exitCode, stdout: '', stderr: '' });
    await expect.poll(() => isRunning(engine)).toBe(false);
  });

  it('after the command line is killed', async () => {
    const vitrineProcess = startVitrine(['inspect', '-'], { input: TEXT });
    const engine = await engineOf(vitrineProcess.pid);
    vitrineProcess.kill('SIGKILL');
    await expect.poll(() => isRunning(engine)).toBe(false);
  });

  it('after the engine is killed while it starts: a sentence and exit code 1', async () => {
    const vitrineProcess = startVitrine(['inspect', '-'], { input: LONG_TEXT });
    const done = finished(vitrineProcess);
    process.kill(await engineOf(vitrineProcess.pid), 'SIGKILL');
    const { code, stderr } = await done;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The engine stopped unexpectedly.*\n$/);
  });

  it('when the output cannot be written: a sentence and exit code 1', () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const { status, stderr } = spawnSync(process.execPath, [commandLine, 'inspect', TEXT], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The output could not be written: the disk is full\.\n$/);
  });

  it('when the reader has seen enough', async () => {
    const vitrineProcess = startVitrine(['inspect', '-', '--json', '--lens', '--top', '50'], {
      input: TEXT.repeat(10),
    });
    const done = finished(vitrineProcess);
    const engine = await engineOf(vitrineProcess.pid);
    await once(vitrineProcess.stdout, 'data');
    vitrineProcess.stdout.destroy();
    const { code, stderr } = await done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(isRunning(engine)).toBe(false);
  });
});

describe.runIf(existsSync('/proc/self/task') && existsSync(TERMINAL))('at a terminal, in the middle of a run', () => {
  const typeInterrupt = (terminal: Terminal) => void terminal.process.stdin.write('\x03');
  it.each([
    ['Ctrl-C ends it', typeInterrupt, 130, /^$/],
    ['SIGTERM ends it', ({ vitrine }: Terminal) => process.kill(vitrine, 'SIGTERM'), 143, /^$/],
    [
      'an engine that is killed is told of in a sentence',
      ({ engine }: Terminal) => process.kill(engine, 'SIGKILL'),
      1,
      /^The engine stopped unexpectedly.*\r\n$/,
    ],
  ])('%s, and no process is left', async (_, stop, exitCode, sentence) => {
    const file = join(temporaryFolder(), 'long.txt');
    writeFileSync(file, LONGEST_TEXT);
    const terminal = await reading(file);
    stop(terminal);
    const { code, stdout } = await terminal.done;
    expect(code).toBe(exitCode);
    // What showed how far it was is gone, and nothing but that was written before.
    const written = stdout.split(CLEARED_LINE);
    expect(written.pop()).toMatch(sentence);
    expect(written.filter((line) => !/^$|^Loading the model|^Reading the text/.test(line))).toEqual([]);
    await expect.poll(() => isRunning(terminal.engine)).toBe(false);
  });
});

/** A command line at a terminal of its own. */
interface Terminal {
  process: ChildProcessWithoutNullStreams;
  done: Promise<Run>;
  vitrine: number;
  engine: number;
}

/** Starts to inspect a long file, and waits until a part of it has been read. */
async function reading(file: string): Promise<Terminal> {
  const terminal = startInTerminal(['inspect', '--file', file]);
  onTestFinished(() => void terminal.kill('SIGKILL'));
  const done = finished(terminal);
  let shown = '';
  terminal.stdout.on('data', (text: string) => {
    shown += text;
  });
  await expect.poll(() => shown).toMatch(/Reading the text {2}[1-9]/);
  const [vitrine = Number.NaN] = childrenOf(terminal.pid ?? Number.NaN, commandLine);
  return { process: terminal, done, vitrine, engine: await engineOf(vitrine) };
}

/** The process that a command line has started, as soon as it has. */
async function engineOf(parent: number | undefined): Promise<number> {
  const children = () => readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
  await expect.poll(children).not.toBe('');
  const engine = Number(children().split(' ')[0]);
  onTestFinished(() => {
    if (isRunning(engine)) process.kill(engine, 'SIGKILL');
  });
  return engine;
}

/** A process that has ended, and that nobody has asked about, still has its folder. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
