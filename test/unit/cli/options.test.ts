import { describe, expect, it } from 'vitest';
import { anotherHead, controlVector, decimal, textRange, wholeNumber } from '../../../src/cli/commands/options';
import { tokensIn } from '../../../src/cli/inspect/tokens';
import type { TraceInfo } from '../../../src/shared/engine-api';

describe('option values', () => {
  it.each([
    ['whole numbers', wholeNumber(1, 50), '1 50', '0 51 -1 1.5 1e1 0x3 ３ NaN'],
    ['numbers', decimal(0, 1), '0 1 .5 0.25 1e-3', '-0.1 1.1 1,5 Infinity 0x1 five'],
    ['heads', anotherHead, '0.0 18.6', '18 18. .6 -1.2 1.2.3 a.b'],
    ['ranges', textRange, '0:1 12:345', '1:1 2:1 :3 3: -1:2 a:b 1-2'],
  ])('%s', (_, parse: (value: string) => unknown, right, wrong) => {
    for (const value of right.split(' ')) expect(parse(value)).toBeDefined();
    for (const value of [...wrong.split(' '), '', ' ']) expect(() => parse(value), value).toThrow(/It has to be/);
  });

  it('takes a control vector, and how many times it is added', () => {
    expect(controlVector('a b.gguf')).toEqual({ path: 'a b.gguf', coefficient: 1 });
    expect(controlVector('C:\\happy.gguf:-.5')).toEqual({ path: 'C:\\happy.gguf', coefficient: -0.5 });
    expect(() => controlVector('')).toThrow(/It has to be/);
  });

  it('collects heads', () => {
    expect(anotherHead('18.6', anotherHead('0.12'))).toEqual([
      { layer: 0, head: 12 },
      { layer: 18, head: 6 },
    ]);
  });
});

describe('the tokens of a selection', () => {
  // a | 👩 in three tokens | what is dropped | b
  const text = 'a👩\x04b';
  const trace = {
    ids: Uint32Array.of(1, 2, 3, 4, 5),
    starts: Uint32Array.of(0, 1, 1, 1, 4),
    ends: Uint32Array.of(1, 3, 3, 3, 5),
  } as TraceInfo;

  it.each([
    [undefined, 0, 5],
    [{ start: 0, end: 5 }, 0, 5],
    [{ start: 0, end: 1 }, 0, 1],
    [{ start: 2, end: 3 }, 1, 4],
    [{ start: 0, end: 2 }, 0, 4],
    [{ start: 3, end: 5 }, 4, 5],
  ])('%j', (select, from, to) => expect(tokensIn({ trace, text }, select)).toEqual({ from, to }));

  it('is none where the model sees nothing', () => {
    expect(() => tokensIn({ trace, text }, { start: 3, end: 4 })).toThrow(/sees nothing of 3:4/);
  });

  it('is in the text', () => {
    expect(() => tokensIn({ trace, text }, { start: 3, end: 6 })).toThrow(/past the end/);
  });
});
