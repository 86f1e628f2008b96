import { describe, expect, test } from 'vitest';
import type { Subject } from '../../../src/shared/inspector-api';
import { answerBetween, answerOfText } from '../../../webviews/views/why/words/answer';
import { around } from '../../../webviews/views/why/words/around';
import { scaleEnd, signed } from '../../../webviews/views/why/words/change-scale';
import { firstLevel, partsIn, partsOf, partText } from '../../../webviews/views/why/words/parts';
import { keyOf, nextParts, progressOf, type Refinement } from '../../../webviews/views/why/words/refinement';

/** A text whose tokens are words with the space before them, ends of lines, and halves of long words. */
function subjectOf(text: string): Subject {
  const pieces = [...text.matchAll(/\n|[^\S\n]?\p{L}{1,5}|[^\S\n]?\p{P}|\p{L}{1,5}/gu)];
  const starts = Uint32Array.from(pieces, ({ index }) => index);
  const ends = Uint32Array.from(pieces, ({ 0: piece, index }) => index + piece.length);
  const read = { trace: 1, ids: starts, starts, ends };
  return { revision: 1, title: '', text, shown: [{ start: 0, end: text.length }], cut: 0, stale: false, read };
}

const PROMPT = subjectOf('Be brief.\nWrite in capitals always.\n\nThank nobody.\nAnswer:');
const all = { from: 0, to: PROMPT.read?.ids.length ?? 0 };
const texts = (parts: ReturnType<typeof partsOf>, subject = PROMPT) => parts.map((part) => partText(subject, part));

describe('the parts of a text', () => {
  test('are lines with their numbers, without blank ones', () => {
    const lines = partsOf('line', PROMPT, all);
    expect(lines.map(({ name }) => name)).toEqual(['1', '2', '4', '5']);
    expect(texts(lines).map((text) => text.trim())).toEqual([
      'Be brief.',
      'Write in capitals always.',
      'Thank nobody.',
      'Answer:',
    ]);
  });

  test('end where the answer begins', () => {
    const answer = answerOfText(PROMPT, 'Thank nobody.');
    const lines = partsOf('line', PROMPT, { from: 1, to: answer?.from ?? 0 });
    expect(texts(lines)).toEqual([' brief.\n', 'Write in capitals always.\n']);
  });

  test('go from lines to words to tokens, and no finer', () => {
    const [, line] = partsOf('line', PROMPT, all);
    const words = line ? partsIn(line, PROMPT) : [];
    expect(texts(words)).toEqual(['Write', ' in', ' capitals', ' always', '.', '\n']);
    const capitals = words[2];
    expect(capitals && texts(partsIn(capitals, PROMPT))).toEqual([' capit', 'als']);
    expect(words[0] && partsIn(words[0], PROMPT)).toEqual([]);
  });

  test('are the editor’s symbols with the tokens that touch them', () => {
    const symbols = [{ name: 'brief', kind: 'rule', depth: 0, start: 3, end: 8 }];
    expect(partsOf('symbol', PROMPT, all, symbols)).toEqual([{ level: 'symbol', name: 'rule brief', from: 1, to: 2 }]);
  });

  test('begin with words where there are few lines', () => {
    expect(firstLevel(PROMPT, all)).toBe('line');
    expect(firstLevel(subjectOf('The mouse ate the cheese.'), { from: 0, to: 5 })).toBe('word');
  });
});

describe('an answer', () => {
  test('is what stands between two tokens, in whatever order, but never the first token', () => {
    expect(answerBetween(7, 3)).toEqual({ from: 3, to: 8 });
    expect(answerBetween(0, 2)).toEqual({ from: 1, to: 3 });
  });

  test('that is selected elsewhere is the last place with its text', () => {
    const subject = subjectOf('yes no yes');
    expect(answerOfText(subject, 'yes')).toEqual({ from: 2, to: 3 });
    expect(answerOfText(subject, 'perhaps')).toBeUndefined();
    expect(answerOfText(subject, 'yes no yes')).toBeUndefined();
  });
});

describe('what is tried next', () => {
  const lines = partsOf('line', PROMPT, all);
  const changes = new Map<string, number>();
  const opened = new Set<string>();
  const refinement: Refinement = {
    tops: lines,
    partsIn: (part) => partsIn(part, PROMPT),
    changeOf: (part) => changes.get(keyOf(part)),
    opened,
    isWhole: false,
    prior: ({ from }) => (from === 3 ? 1 : 0),
  };
  const answer = (sizes: number[]) => {
    for (const [i, line] of lines.entries()) changes.set(keyOf(line), sizes[i] ?? 0);
  };

  test('are all lines before any word, and those first of which more is expected', () => {
    changes.clear();
    const next = nextParts(refinement, 3);
    expect(next).toHaveLength(3);
    expect(next.every(({ level }) => level === 'line')).toBe(true);
    expect(nextParts({ ...refinement, prior: ({ from }) => from }, 1)).toEqual([lines.at(-1)]);
    expect(progressOf(refinement)).toEqual({ done: 0, total: 4 });
  });

  test('are then the words of the strongest line, and not of those that do nothing', () => {
    changes.clear();
    answer([-0.01, 0.02, -3, 0.1]);
    expect(texts(nextParts(refinement, 99))).toEqual(['Thank', ' nobody', '.', '\n']);
    for (const word of nextParts(refinement, 99)) changes.set(keyOf(word), -1);
    expect(texts(nextParts(refinement, 99))).toEqual([' nobod', 'y']);
    for (const token of nextParts(refinement, 99)) changes.set(keyOf(token), -1);
    expect(nextParts(refinement, 99)).toEqual([]);
  });

  test('are before those the words of a line that a person opened, and in the end all', () => {
    changes.clear();
    answer([-0.01, 0.02, -3, 0.1]);
    opened.add(keyOf(lines[0] ?? { from: 0, to: 0 }));
    expect(texts(nextParts(refinement, 2))).toEqual(['Be', ' brief']);
    opened.clear();
    const whole = { ...refinement, isWhole: true };
    expect(nextParts(whole, 99).length).toBeGreaterThan(nextParts(refinement, 99).length);
  });
});

test('the scale of changes ends at a round number, at one nat at least', () => {
  expect(scaleEnd([])).toBe(1);
  expect(scaleEnd([0.2, -0.4])).toBe(1);
  expect(scaleEnd([0.2, -3.1])).toBe(4);
  expect(scaleEnd([23])).toBe(30);
});

test('a change is written with its sign, and not where nobody could tell it from none', () => {
  expect([-7.24, 12.34, -0.364, 0.0771, 0.00029, 0].map(signed)).toEqual([
    '−7.2',
    '+12.3',
    '−0.36',
    '+0.08',
    '≈ 0',
    '0',
  ]);
});

test('a word is known by whole words around it, in its line', () => {
  const text = 'First.\nThe mouse that ate the cheese ran from the cat.';
  const start = text.indexOf('cheese');
  expect(around(text, start, start + 6)).toEqual({ before: '… that ate the ', after: ' ran from the cat.' });
  expect(around(text, 7, 10)).toEqual({ before: '', after: ' mouse that ate …' });
});
