import { parseTree } from 'jsonc-parser';
import { propertyOf } from '../../chat/json-node';
import type { Thresholds } from '../../shared/filters-api';
import type { DatasetDocument } from '../documents/document-source';
import type { Rules } from './measure-documents';

/** What rules take from texts before others judge them, white space aside. */
export interface TakenText {
  /** Those of which something is taken. */
  documents: number;
  characters: number;
}

/** A document's text as the last rule that is on leaves it: this is what was judged, and what datatrove writes. */
export function rewrittenText<Text>(
  { filters, textOf, stringOf }: Rules<Text>,
  document: DatasetDocument,
  asked: Thresholds,
): string {
  const last = filters.findLastIndex(
    ({ kind, measures }) => kind !== 'model' && measures.some(({ name }) => asked[name] !== undefined),
  );
  let text = textOf(document);
  for (const filter of filters.slice(0, last + 1)) {
    if (filter.kind === 'document') text = filter.rewrite?.(text) ?? text;
  }
  return stringOf(text);
}

/** How many characters another text has less, white space aside: lines are joined anew without anything being lost. */
export function charactersTaken(text: string, rewritten: string): number {
  return text === rewritten ? 0 : visibleCharacters(text) - visibleCharacters(rewritten);
}

const visibleCharacters = (text: string) => text.replace(/\s+/gu, '').length;

/** An entry with another text. All else stays as it stands there, numbers of many digits too. @param json an object or a string */
export function withText(json: string, field: string, text: string): string {
  const root = parseTree(json);
  const node = root?.type === 'string' ? root : propertyOf(root, field);
  if (!node) return json;
  return json.slice(0, node.offset) + JSON.stringify(text) + json.slice(node.offset + node.length);
}
