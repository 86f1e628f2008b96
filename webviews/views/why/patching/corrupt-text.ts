import { MODEL_VOCABULARY } from '../../../../src/display/names';
import { START, type TokenText, tokenTexts } from '../../../kit/subject-tokens';
import type { ViewStore } from '../../../store/view-store';
import { type Alignment, align } from './alignment';
import type { CleanText } from './clean-text';
import { type Fill, fillOf, isAlike, NAMES, nameFills, wordsToFill } from './fills';

/** A text as its tokens, and how it lies beside the clean one. */
export interface CorruptText {
  text: string;
  ids: readonly number[];
  tokens: readonly TokenText[];
  alignment: Alignment;
}

/** Suggestions, or fills, at most. */
const MOST = 4;
/** Words for which the model's own alternatives are looked at. */
const LOOKED_AT = 6;

/** Cuts a text into tokens as the model reads it. */
export async function corruptTextOf({ host }: ViewStore, clean: CleanText, text: string): Promise<CorruptText> {
  const { ids, starts, ends } = await host.tokenize({ vocabulary: MODEL_VOCABULARY, text });
  const all = [...clean.before, ...ids];
  const none = clean.before.map(() => ({ text: '', label: START, sharesCharacter: false, isShown: false }));
  return { text, ids: all, tokens: [...none, ...tokenTexts(text, starts, ends)], alignment: align(clean.ids, all) };
}

/** Texts to begin with that have as many tokens as the clean one: another name in the place of one, or what the model would rather have expected there. */
export async function suggestions(store: ViewStore, clean: CleanText): Promise<Fill[]> {
  const names = nameFills(clean.text, clean.words);
  const expected = names.length >= MOST ? [] : await expectedFills(store, clean);
  return onlyAligned(store, clean, [...names, ...expected]);
}

/** Texts in the place of one that has more tokens than the clean one, or fewer: the part that differs is another with as many. */
export async function fillsFor(store: ViewStore, clean: CleanText, corrupt: CorruptText): Promise<Fill[]> {
  if (corrupt.alignment.kind !== 'unequal') return [];
  const { from, to } = corrupt.alignment.corrupt;
  const part = corrupt.tokens.slice(from, to);
  const start = corrupt.tokens.slice(0, from).reduce((sum, token) => sum + token.text.length, 0);
  const text = part.map((token) => token.text).join('');
  const word = text.trim();
  const at = start + text.indexOf(word);
  const others = [...clean.words.map((other) => other.text), ...NAMES];
  const alike = [...new Set(others)].filter((other) => isAlike(word, other));
  const fills = alike.map((other) => fillOf(corrupt.text, { text: word, start: at, end: at + word.length }, other));
  return onlyAligned(store, clean, fills);
}

/** Of the most telling words, what the model found more probable in their place, or next to them. */
async function expectedFills(store: ViewStore, clean: CleanText): Promise<Fill[]> {
  const { predictions, lenses } = store;
  if (!predictions) return [];
  const fills: Fill[] = [];
  for (const word of wordsToFill(clean.words).slice(0, LOOKED_AT)) {
    const position = clean.tokens.findIndex((_, i) => endOf(clean.tokens, i) >= word.end);
    const { topK, topIdsAfter } = predictions;
    const ids = [...topIdsAfter.subarray((position - 1) * topK, position * topK)];
    if (position < 1 || ids.length === 0) continue;
    const texts = (await lenses.describe({ ids })).map(({ text }) => text.trim());
    const other = texts.find((text) => isAlike(word.text, text));
    if (other) fills.push(fillOf(clean.text, word, other));
  }
  return fills;
}

/** UTF-16 offset where a token ends. */
function endOf(tokens: readonly TokenText[], index: number): number {
  return tokens.slice(0, index + 1).reduce((sum, { text }) => sum + text.length, 0);
}

async function onlyAligned(store: ViewStore, clean: CleanText, fills: readonly Fill[]): Promise<Fill[]> {
  const aligned: Fill[] = [];
  for (const fill of fills) {
    if (aligned.length === MOST) break;
    if (aligned.some(({ from, to }) => from === fill.from && to === fill.to)) continue;
    const { alignment } = await corruptTextOf(store, clean, fill.text);
    if (alignment.kind === 'aligned') aligned.push(fill);
  }
  return aligned;
}
