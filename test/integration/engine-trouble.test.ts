import { spawn } from 'node:child_process';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { errorText } from '../../src/display/sentences';
import type { EngineOptions } from '../../src/engine/client';
import { fileIdentity } from '../../src/model/cache/identity';
import { compileModel } from '../../src/model/compile';
import { messageOf } from '../../src/shared/errors';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, readAll, startTestEngine, withoutHeads } from '../support/engine';
import { llamaFixture } from '../support/llama-fixtures';
import { createLlamaSessions } from '../support/load-llama';
import { isAlive, until } from '../support/processes';
import { mountFileSystem, temporaryFolder } from '../support/temporary-folder';

const TEXT = 'A mouse ate the cheese that a cat had left. '.repeat(60);
/** Begins as TEXT does and nearly fills the context: whatever the machine, something comes before its end. */
const LONG_TEXT = TEXT.repeat(11);

function start(options: EngineOptions = {}) {
  const engine = startTestEngine(options);
  onTestFinished(() => engine.stop());
  return engine;
}

const code = (of: string) => expect.objectContaining({ code: of });

describe('an engine that is killed', () => {
  it('in the middle of a run rejects what waits, and another one takes its place', async () => {
    let killed = false;
    const engine = start({
      onProgress: ({ stage, done }) => {
        if (stage !== 'forward' || done === 0 || killed) return;
        killed = true;
        process.kill(engine.pid as number, 'SIGKILL');
      },
    });
    await engine.load(loadRequest());
    const waiting = [
      engine.forward({ task: nextTask(), text: LONG_TEXT }),
      engine.status({}),
      engine.describe({ ids: [1] }),
    ];
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes[0]).toEqual({ status: 'rejected', reason: code('engine.died') });
    await expect(engine.status({})).rejects.toEqual(code('engine.died'));
    const next = start();
    await next.load(loadRequest());
    expect((await readAll(next, 'The mouse')).ids.length).toBe(2);
  });

  it('while it compiles leaves nothing that looks like a compiled model', async () => {
    const folder = temporaryFolder();
    const compiling = start({
      onProgress: ({ done }) => done > 50e6 && process.kill(compiling.pid as number, 'SIGKILL'),
    });
    const cache = { folder, limitBytes: 10e9 };
    await expect(compiling.load(loadRequest({ cache }))).rejects.toEqual(code('engine.died'));
    const next = start();
    expect((await next.load(loadRequest({ cache }))).compileSeconds).toBeGreaterThan(0);
    expect((await readAll(next, 'The mouse')).ids.length).toBe(2);
    // The half-written folder went with the next compile.
    expect(readdirSync(join(folder, 'compiled-models')).length).toBe(1);
  });
});

describe('an engine that stands still', () => {
  it('is told of while somebody waits for it, and when it goes on; nothing is lost', async () => {
    const told: boolean[] = [];
    const engine = start({ onSilence: (isSilent) => told.push(isSilent) });
    await engine.load(loadRequest());
    process.kill(engine.pid as number, 'SIGSTOP');
    const waiting = readAll(engine, 'The mouse');
    await until(() => told.length === 1, 'its silence is noticed', 10);
    process.kill(engine.pid as number, 'SIGCONT');
    expect((await waiting).ids.length).toBe(2);
    expect(told).toEqual([true, false]);
  });

  it('is gone when it is stopped, and what waited for it is cancelled', async () => {
    const engine = start();
    await engine.load(loadRequest());
    process.kill(engine.pid as number, 'SIGSTOP');
    const waiting = expect(readAll(engine, 'The mouse')).rejects.toEqual(code('task.cancelled'));
    await engine.stop();
    await waiting;
    expect(isAlive(engine.pid as number)).toBe(false);
    await expect(engine.status({})).rejects.toEqual(code('task.cancelled'));
  });
});

it('ends when its parent does', async () => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('../support/engine-parent.mjs', import.meta.url))]);
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), 'the engine has ended', 10);
});

describe('a task that is cancelled', () => {
  it('stops between two chunks, and the next one is whole', async () => {
    const task = nextTask();
    let last = { done: 0, total: 0 };
    const engine = start({
      onProgress: (report) => {
        if (report.task !== task) return;
        last = report;
        if (report.done > 0) void engine.cancel({ task });
      },
    });
    await engine.load(loadRequest());
    await expect(engine.forward({ task, text: LONG_TEXT })).rejects.toEqual(code('task.cancelled'));
    expect(last.total).toBeGreaterThan(7000);
    expect(last.done).toBeLessThan(last.total);
    const resumed = await readAll(engine, TEXT);
    expect(resumed.reused).toBeGreaterThan(0);
    const other = start();
    await other.load(loadRequest());
    expect(largestDifference(resumed.logprob, (await readAll(other, TEXT)).logprob)).toBeLessThan(1e-4);
  });

  it('does not begin where it still waited', async () => {
    const engine = start();
    await engine.load(loadRequest());
    const [first, second] = [nextTask(), nextTask()];
    const running = engine.forward({ task: first, text: TEXT });
    const waiting = engine.forward({ task: second, text: `${TEXT}!` });
    await engine.cancel({ task: second });
    await expect(waiting).rejects.toEqual(code('task.cancelled'));
    expect((await running).ids.length).toBeGreaterThan(600);
  });

  it('leaves no compiled model', async () => {
    const folder = temporaryFolder();
    const request = loadRequest({ cache: { folder, limitBytes: 10e9 } });
    const engine = start({ onProgress: ({ done }) => done > 50e6 && void engine.cancel({ task: request.task }) });
    await expect(engine.load(request)).rejects.toEqual(code('task.cancelled'));
    expect(readdirSync(join(folder, 'compiled-models'))).toEqual([]);
  });
});

it('a text that fills the context cannot be continued, and that is said', async () => {
  const engine = start();
  const { contextLength } = await engine.load(loadRequest({ path: llamaFixture('grouped') }));
  const { trace, ids } = await readAll(engine, 'the mouse '.repeat(contextLength), { truncate: true });
  expect(ids.length).toBe(contextLength);
  await expect(engine.continuation({ task: nextTask(), trace, count: 1 })).rejects.toEqual(code('text.full'));
});

it('a text past the context that grows at its end begins where it did, and is not read anew', async () => {
  const engine = start();
  const { contextLength } = await engine.load(loadRequest({ path: llamaFixture('grouped') }));
  const step = Math.ceil(contextLength / 8);
  const read = (words: number) => readAll(engine, 'the mouse '.repeat(words), { truncate: true, truncateStep: step });
  const first = await read(contextLength);
  const second = await read(contextLength + 1);
  expect(first.cut).toBeGreaterThan(0);
  expect(first.cut % step).toBe(0);
  if (second.cut === first.cut) expect(second.reused).toBeGreaterThan(contextLength / 2);
  const exact = await readAll(engine, 'the mouse '.repeat(contextLength), { truncate: true });
  expect(exact.ids.length).toBe(contextLength);
});

it('a model file with weights that are no numbers is refused by the name of the tensor', async () => {
  const path = join(temporaryFolder(), 'model.gguf');
  const bytes = readFileSync(llamaFixture('grouped'));
  writeFileSync(path, bytes.fill(0xff, bytes.length - 400, bytes.length - 300));
  const failed = await start()
    .load(loadRequest({ path }))
    .catch((error) => error);
  expect(failed).toEqual(code('model.notFinite'));
  expect(messageOf(failed)).toMatch(/the tensor [\w.]+ holds/);
});

describe('a compiled model', () => {
  it.each([
    ['truncated', (file: string) => truncateSync(file, 1000)],
    ['overwritten in one place', (file: string) => overwrite(file, 2000)],
  ])('that was %s is compiled again', async (_, damage) => {
    const cache = { folder: temporaryFolder(), limitBytes: 10e9 };
    const request = () => loadRequest({ path: llamaFixture('grouped'), cache });
    const before = start();
    await before.load(request());
    const { logprob } = await readAll(before, 'the mouse');
    await before.stop();
    damage(weightsFileIn(cache.folder));
    const after = start();
    expect((await after.load(request())).compileSeconds).toBeGreaterThan(0);
    expect((await readAll(after, 'the mouse')).logprob).toEqual(logprob);
  });

  const changed = (folder: string) =>
    `The compiled model in ${folder} has changed or is gone since it was checked. Clear the compiled models and try again.`;

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['is cut', (file: string) => truncateSync(file, 1000)],
    ['is empty', (file: string) => truncateSync(file)],
  ])('whose weights file %s by the time it is opened is said to have changed', async (_, damage) => {
    const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
    const model = await compileModel(llamaFixture('grouped'), { cache });
    damage(weightsFileIn(cache.folder));
    const failed = await createLlamaSessions(model).catch((error) => error);
    expect(failed).toEqual(code('engine.weights'));
    expect(messageOf(failed)).toBe(changed(model.weightsFolder));
  });

  it('that is removed while it is in use is said to have changed', async () => {
    const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
    const engine = start();
    await engine.load(loadRequest({ path: llamaFixture('grouped'), cache }));
    const { trace } = await readAll(engine, 'the mouse');
    const file = weightsFileIn(cache.folder);
    rmSync(file);
    const request = { trace, position: 1, heads: [{ layer: 0, head: 0 }] };
    const failed = await withoutHeads(engine, request).catch((error) => error);
    expect(failed).toEqual(code('engine.weights'));
    expect(messageOf(failed)).toBe(changed(dirname(file)));
  });

  it('of another file is not taken, whatever is remembered of what the file contains', async () => {
    const cache = { folder: temporaryFolder(), limitBytes: 10e9 };
    const changed = join(cache.folder, 'changed.gguf');
    const bytes = readFileSync(llamaFixture('grouped'));
    writeFileSync(changed, bytes.fill(0, bytes.length - 400, bytes.length - 300));
    const logprobOf = async (path: string) => {
      const engine = start();
      await engine.load(loadRequest({ path, cache }));
      return (await readAll(engine, 'the mouse')).logprob;
    };
    const original = await logprobOf(llamaFixture('grouped'));
    const memos = join(cache.folder, 'identities.json');
    const identityOf = (path: string) => fileIdentity(path, cache.folder);
    const [wrong, right] = [await identityOf(llamaFixture('grouped')), await identityOf(changed)];
    await expect.poll(async () => (await identityOf(changed)) && readFileSync(memos, 'utf8')).toContain(right);
    writeFileSync(memos, readFileSync(memos, 'utf8').replaceAll(right, wrong));
    expect(await identityOf(changed)).toBe(wrong);
    expect(await logprobOf(changed)).not.toEqual(original);
    // What was remembered led to no compiled model: the file itself was read.
    expect(await identityOf(changed)).toBe(right);
  });

  it('is listed and cleared without a model being loaded', async () => {
    const cache = { folder: temporaryFolder(), limitBytes: 10e9 };
    const before = start();
    await before.load(loadRequest({ path: llamaFixture('grouped'), cache }));
    await before.stop();
    const engine = start();
    const models = await engine.compiledModels({ cache });
    expect(models.map(({ source }) => source)).toEqual([llamaFixture('grouped')]);
    expect(await engine.clearCompiledModels({ cache })).toEqual({ entries: 1, bytes: models[0]?.bytes });
    expect(await engine.compiledModels({ cache })).toEqual([]);
  });

  it('that does not fit the disk says how much it takes and what is free', async (context) => {
    const folder = mountFileSystem('size=100m');
    if (!folder) return context.skip('only root on Linux may mount a small file system');
    const engine = start();
    const failed = await engine.load(loadRequest({ cache: { folder, limitBytes: 10e9 } })).catch((error) => error);
    expect(failed).toEqual(code('space.disk'));
    expect(errorText(failed)).toContain('538 MB');
    expect(readdirSync(folder).filter((name) => name !== 'identities.json')).toEqual([]);
  });
});

function weightsFileIn(folder: string): string {
  const [entry] = readdirSync(join(folder, 'compiled-models'));
  return join(folder, 'compiled-models', entry as string, 'weights.bin');
}

function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([1, 2, 3, 4]), 0, 4, at);
  closeSync(file);
}
