import { expect, it, vi } from 'vitest';
import { ActiveText } from '../../../src/extension/active-text';
import { shownEditors, window } from '../../support/editor-api';

vi.mock('vscode', () => import('../../support/editor-api'));

const editorOf = (scheme: string) => ({ document: { uri: { scheme }, isClosed: false } });

it('is the first text that comes into view where a window begins with another editor in front, and no log', () => {
  const text = new ActiveText();
  const changed = vi.fn();
  text.onDidChange(changed);
  const show = (...editors: ReturnType<typeof editorOf>[]) => {
    window.visibleTextEditors = editors;
    shownEditors.fire(editors);
  };
  const [log, first, second] = [editorOf('output'), editorOf('file'), editorOf('file')];
  show(log);
  expect(text.current).toBeUndefined();
  show(log, first);
  expect(text.current).toBe(first);
  show(second, first);
  expect(text.current).toBe(first);
  expect(changed).toHaveBeenCalledTimes(1);
});
