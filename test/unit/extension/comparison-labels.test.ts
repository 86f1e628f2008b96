import { expect, test, vi } from 'vitest';
import { labelsOf } from '../../../src/extension/comparison/labels';
import { workspace } from '../../support/editor-api';

vi.mock('vscode', () => import('../../support/editor-api'));

const named = (name: string) => ({ name }) as never;

test.each([
  ['of other names', '/a/model.gguf', 'Base', '/b/model.gguf', 'Tuned', 'Base', 'Tuned'],
  ['in other folders', '/a/model.gguf', 'M', '/b/model.gguf', 'M', 'M (a)', 'M (b)'],
  ['in other files', '/a/M.Q4_0.gguf', 'M', '/a/M.Q8_0.gguf', 'M', 'M (M.Q4_0.gguf)', 'M (M.Q8_0.gguf)'],
  ['one that comes with Vitrine', '', 'M', '/a/M.gguf', 'M', 'M (comes with Vitrine)', 'M (M.gguf)'],
])('two models %s are told apart', (_, pathA, nameA, setting, nameB, a, b) => {
  vi.spyOn(workspace, 'getConfiguration').mockReturnValue({ get: () => pathA } as never);
  const models = { a: named(nameA), b: named(nameB) };
  expect(labelsOf({ kind: 'model', setting }, models, 1, undefined)).toEqual({ a, b });
});

test.each([
  [0, 'M + 0 × poet'],
  [0.5, 'M + 0.5 × poet'],
  [1, 'M + poet'],
  [2.5, 'M + 2.5 × poet'],
])('an adapter at a gain of %s is named so', (gain, b) => {
  vi.spyOn(workspace, 'getConfiguration').mockReturnValue({ get: () => '' } as never);
  const choice = { kind: 'adapter', path: '/adapters/poet' } as const;
  expect(labelsOf(choice, { a: named('M'), b: undefined }, gain, undefined)).toEqual({ a: 'M', b });
});

test.each([
  ['what its file has', { name: 'M', fileType: 'Q4_1' }, 'M, Q4_1'],
  ['what it was rounded to', { name: 'M (approximate, 8 bits)', approximation: { of: 'M', bits: 8 } }, 'M, Q8_0'],
])('A is named with %s where B is the same weights in another form', (_, model, a) => {
  vi.spyOn(workspace, 'getConfiguration').mockReturnValue({ get: () => '' } as never);
  const models = { a: model as never, b: undefined };
  const labels = labelsOf({ kind: 'weights', weights: 'q4_0' }, models, 1, undefined);
  expect(labels).toEqual({ a, b: 'M, Q4_0' });
});

test.each([
  ['that is connected', { name: 'M', server: { host: 'gpu:8000' } }],
  ['that is not yet', undefined],
])('a model on a server %s says where it runs', (_, b) => {
  vi.spyOn(workspace, 'getConfiguration').mockReturnValue({ get: () => '/a/M.gguf' } as never);
  const choice = { kind: 'server', label: 'M · gpu:8000', form: {} as never } as const;
  expect(labelsOf(choice, { a: named('M'), b: b as never }, 1, undefined)).toEqual({ a: 'M', b: 'M · gpu:8000' });
});

test('one on this machine is told from one of the same name that is in use on a server', () => {
  vi.spyOn(workspace, 'getConfiguration').mockReturnValue({ get: () => '' } as never);
  const models = { a: { name: 'M', server: { host: 'gpu:8000' } } as never, b: named('M') };
  const { a, b } = labelsOf({ kind: 'model', setting: '/a/M.gguf' }, models, 1, 'M');
  expect(a).toBe('M (gpu:8000)');
  expect(b).not.toBe(a);
});
