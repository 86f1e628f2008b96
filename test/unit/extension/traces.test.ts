import { describe, expect, it, vi } from 'vitest';
import type { ReadyEngine } from '../../../src/extension/engine/engine-host';
import { createTracedEngine } from '../../../src/extension/readings/traced-engine';
import { Traces } from '../../../src/extension/readings/traces';
import { VitrineError } from '../../../src/shared/errors';
import { type HeadAddress, maskOf } from '../../../src/shared/head-address';
import type { Requests } from '../../../src/shared/requests';

vi.mock('vscode', () => import('../../support/editor-api'));

/** An engine that keeps one trace, and answers a question about it with the tokens and the heads that it has of it. */
function engineOf(model: string) {
  const asked: number[] = [];
  const runs: string[] = [];
  const patches: unknown[] = [];
  let next = 7;
  let kept: { trace: number; content: string } | undefined;
  const run = (content: string) => {
    runs.push(content);
    kept = { trace: next++, content };
    return { trace: kept.trace, ids: Uint32Array.of(1, 2) };
  };
  const engine = {
    forward: async ({ text, headMask }: { text: string; headMask?: HeadAddress[] }) =>
      run(text + JSON.stringify(headMask ?? [])),
    forwardTokens: async ({ ids, headMask, patches: of }: Requests['forwardTokens']) => {
      if (of) patches.push(of);
      return run(ids.join() + JSON.stringify(headMask ?? []));
    },
    heads: async ({ trace }: { trace: number }) => {
      asked.push(trace);
      if (kept?.trace !== trace) throw new VitrineError('trace.gone', 'gone');
      return kept.content;
    },
  };
  return { ready: { engine, model: { sha256: model } } as unknown as ReadyEngine, asked, runs, patches };
}

function windowWith(first: ReturnType<typeof engineOf>, traces = new Traces()) {
  const current = { engine: first };
  let tasks = 0;
  const host = {
    run: async <T>(work: (ready: ReadyEngine) => Promise<T>) => work(current.engine.ready),
    newTask: () => ++tasks,
  };
  return { current, host, traces, engine: createTracedEngine(host, traces) };
}

const died = () => new VitrineError('engine.died', 'died');
const off = maskOf([{ layer: 3, head: 1 }]);
const request = (text: string) => ({ task: 1, text, headMask: off });

describe('traces of a window', () => {
  it('are asked for of the engine that made them', async () => {
    const one = engineOf('a');
    const { engine } = windowWith(one);
    const { trace } = await engine.forward(request('the mouse'));
    expect(await engine.heads({ trace })).toContain('the mouse');
    expect(one.runs).toHaveLength(1);
  });

  it('that the engine no longer keeps are read again under the same head mask, once', async () => {
    const one = engineOf('a');
    const { engine } = windowWith(one);
    const { trace } = await engine.forward(request('the mouse'));
    await engine.forward(request('the cat'));
    const answers = await Promise.all([engine.heads({ trace }), engine.heads({ trace })]);
    expect(answers).toEqual(Array(2).fill(`1,2${JSON.stringify(off)}`));
    expect(one.runs).toHaveLength(3);
  });

  it('of an engine that died are read again by the next, which is asked for none of the other', async () => {
    const [one, other] = [engineOf('a'), engineOf('a')];
    const { engine, current } = windowWith(one);
    const { trace } = await engine.forward(request('the mouse'));
    current.engine = other;
    // It has a trace of that number too, of another text.
    await engine.forward({ task: 2, text: 'the cat' });
    expect(await engine.heads({ trace })).toBe(`1,2${JSON.stringify(off)}`);
    expect(one.asked).toEqual([]);
    expect(other.asked).toEqual([8]);
  });

  it('of an engine that dies while one asks are read again by the next, which answers', async () => {
    const [one, other] = [engineOf('a'), engineOf('a')];
    const { engine, current } = windowWith(one);
    const { trace } = await engine.forward(request('the mouse'));
    one.ready.engine.heads = async () => {
      current.engine = other;
      throw died();
    };
    expect(await engine.heads({ trace })).toBe(`1,2${JSON.stringify(off)}`);
  });

  it('that an engine read again when it died do not fail those who ask the next', async () => {
    const [one, other] = [engineOf('a'), engineOf('a')];
    const { engine, current } = windowWith(one);
    const { trace } = await engine.forward(request('the mouse'));
    await engine.forward(request('the cat'));
    let die = () => {};
    const renewal = new Promise<never>((_, reject) => {
      die = () => reject(died());
    });
    one.ready.engine.forwardTokens = vi.fn(() => renewal);
    const early = engine.heads({ trace });
    await vi.waitFor(() => expect(one.ready.engine.forwardTokens).toHaveBeenCalled());
    current.engine = other;
    const late = engine.heads({ trace });
    expect(await late).toBe(`1,2${JSON.stringify(off)}`);
    die();
    expect(await early).toBe(await late);
    expect(other.runs).toHaveLength(1);
  });

  it('that patches come from are read again first, by whichever engine reads the patched text', async () => {
    const [one, other] = [engineOf('a'), engineOf('a')];
    const { engine, current } = windowWith(one);
    const source = await engine.forward(request('the mouse'));
    const at = { layer: 0, position: 0 };
    const patches = [{ site: 'mlp' as const, ...at, source: { trace: source.trace, ...at } }];
    const patched = await engine.forwardTokens({ task: 2, ids: [3, 4], patches });
    expect(one.patches.at(-1)).toEqual([{ site: 'mlp', ...at, source: { trace: 7, ...at } }]);
    current.engine = other;
    await engine.forward(request('the cat'));
    expect(await engine.heads({ trace: patched.trace })).toContain('3,4');
    expect(other.patches.at(-1)).toEqual([{ site: 'mlp', ...at, source: { trace: 8, ...at } }]);
  });

  it('are gone where another model is loaded', async () => {
    const { engine, current } = windowWith(engineOf('a'));
    const { trace } = await engine.forward(request('the mouse'));
    current.engine = engineOf('b');
    await expect(engine.heads({ trace })).rejects.toMatchObject({ code: 'trace.gone' });
  });

  it('have one number, whoever let the text be read', async () => {
    const one = engineOf('a');
    const { host, traces } = windowWith(one);
    const add = (id: number) => traces.add(host, one.ready, id, Uint32Array.of(1), {});
    expect(add(5)).toBe(add(5));
    expect(add(6)).not.toBe(add(5));
  });

  it('are asked for of the engine of their model, whoever asks', async () => {
    const [a, b] = [engineOf('a'), engineOf('b')];
    const traces = new Traces();
    const { engine } = windowWith(a, traces);
    const other = windowWith(b, traces);
    const { trace } = await other.engine.forward(request('the mouse'));
    expect((await engine.forward(request('the cat'))).trace).not.toBe(trace);
    await other.engine.forward(request('the dog'));
    expect(await engine.heads({ trace })).toBe(`1,2${JSON.stringify(off)}`);
    expect([a.runs.length, b.runs.length]).toEqual([1, 3]);
  });
});
