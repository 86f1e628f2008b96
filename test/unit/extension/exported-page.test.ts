import { expect, it } from 'vitest';
import { readExportedPage } from '../../../src/extension/inspector/exported-page';
import { inspectorHtml } from '../../../src/inspector';
import type { Recording } from '../../../src/recording/recording';

const TEXT = 'The mouse </script> ate';

const state = {
  subject: {
    title: 'mouse.txt',
    text: TEXT,
    shown: [{ start: 4, end: 9 }],
    read: { trace: 0, ids: Uint32Array.of(1, 2), starts: Uint32Array.of(0, 3), ends: Uint32Array.of(3, 9) },
  },
  model: { name: 'SmolLM2', sha256: 'ab12' },
  selected: { token: 1, layer: 18, head: 6 },
  view: 'attention',
  ablated: [{ layer: 3, head: 2 }],
};
const page = (changed: object = {}) =>
  inspectorHtml({ language: 'en', state: { ...state, ...changed } } as unknown as Recording, {
    script: '"<script>"',
    styles: '',
  });

it('finds in an exported page the text, the model, the view, the selection and the heads that were off', () => {
  expect(readExportedPage('mouse.html', page())).toEqual({
    text: TEXT,
    shown: [{ start: 4, end: 9 }],
    model: { name: 'SmolLM2', sha256: 'ab12' },
    selected: { token: 1, layer: 18, head: 6 },
    view: 'attention',
    ablated: [{ layer: 3, head: 2 }],
    select: 3,
  });
});

it('finds what of a chat is whose, and what it was compared with', () => {
  const part = { start: 0, end: 4, role: 'user', message: 0, kind: 'content', isScored: false };
  const around = { ...part, start: 4, end: 9, role: undefined, message: undefined, kind: 'template' };
  const chat = { parts: [part, around], control: [1] };
  const comparison = { kind: 'adapter', a: { label: 'SmolLM2' }, b: { label: 'SmolLM2 + pirate' }, adapterGain: 1.5 };
  expect(readExportedPage('chat.html', page({ subject: { ...state.subject, chat }, comparison }))).toMatchObject({
    parts: [part, around],
    comparedWith: 'SmolLM2 + pirate',
  });
});

it('has nothing selected where nothing was', () => {
  const selected = { token: undefined, layer: undefined, head: undefined };
  expect(readExportedPage('mouse.html', page({ selected })).select).toBeUndefined();
});

it('names in the head of a page what its numbers come from', () => {
  expect(page()).toMatch(
    /<meta name="description" content="Vitrine [\d.]+; model: SmolLM2; sha256: ab12; heads off: 3\.2">/,
  );
});

it.each([
  ['another page', '<!DOCTYPE html><title>News</title>'],
  ['a page that was cut', page().slice(0, page().indexOf('"view"'))],
  ['a page whose recording is another', page({ view: 'nowhere' })],
])('refuses %s in a sentence', (_, html) => {
  expect(() => readExportedPage('news.html', html)).toThrow(
    /^news\.html is no page that Vitrine saved, or it is damaged/,
  );
});
