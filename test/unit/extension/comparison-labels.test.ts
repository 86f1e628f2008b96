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
  expect(labelsOf({ kind: 'model', setting }, named(nameA), named(nameB))).toEqual({ a, b });
});
