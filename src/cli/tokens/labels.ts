import { tokenLabel } from '../inspect/labels';
import { widthOf } from '../terminal/width';
import type { TextToken } from './tokenized-text';

/** A token for people, and the columns that it takes. */
export type LabelOf = (token: TextToken) => { label: string; columns: number };

/** Labels of at most `width` columns, each made once: a long text has few tokens that it did not have before. */
export function rememberedLabels(width: number): LabelOf {
  const known = new Map<string, { label: string; columns: number }>();
  return (token) => {
    const key = `${token.id} ${token.text}`;
    const labelled = known.get(key) ?? measured(tokenLabel(token, width));
    known.set(key, labelled);
    return labelled;
  };
}

function measured(label: string): { label: string; columns: number } {
  return { label, columns: widthOf(label) };
}
