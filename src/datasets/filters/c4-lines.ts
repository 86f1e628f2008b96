import type { Span } from '../../shared/filters-api';
import { codePoints, isSpace } from '../text/characters';
import type { DocumentText } from '../text/document-text';
import { stripped } from '../text/lines';

/** Which lines are taken away. */
export interface C4LineRules {
  /** Those that do not end with `.`, `?`, `!`, `"` or `'`, or end with an ellipsis. */
  withoutPunctuation: boolean;
  /** Those with fewer words, which are what stands between white spaces. */
  leastWords: number;
  /** Those that name JavaScript: they ask people to switch it on. */
  javascript: boolean;
  /** Those that speak of cookies, of terms of use or of a privacy policy. */
  policy: boolean;
}

/** A line that has been looked at. */
export interface C4Line {
  /** Without white space around it. */
  place: Span;
  /** What is left of it without its citations. */
  parts: readonly Span[];
  isKept: boolean;
  /** Of a line that is not taken away before it comes to be looked for. */
  hasLoremIpsum: boolean;
  hasCurlyBracket: boolean;
}

const CITATION = /\[\p{Nd}*\]|\[edit\]|\[citation needed\]/gu;
const POLICY = /terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies/;
const LOREM_IPSUM = 'lorem ipsum';
const JAVASCRIPT = 'javascript';
/** Something of each line that is looked for. */
const NAMED = [LOREM_IPSUM, JAVASCRIPT, 'terms of use', 'privacy policy', 'cookie'];
const LONGEST_WORD = 1000;

/** The lines of a document by C4's rules for lines, in the order in which datatrove asks them. */
export function c4Lines(document: DocumentText, rules: C4LineRules): C4Line[] {
  const { text, lines } = document;
  // Most documents say none of it, and need no line in small letters.
  const small = text.toLowerCase();
  const isNamed = NAMED.some((name) => small.includes(name));
  const found: C4Line[] = [];
  for (let i = 0; i < lines.count; i++) {
    const place = stripped(text, lines.start(i), lines.end(i));
    const parts = withoutCitations(text, place);
    const line = joinedText(text, parts);
    const words = wordsIn(document, place, rules.leastWords);
    found.push({ place, parts, ...judged(line, words, isNamed || parts.length !== 1, rules) });
  }
  return found;
}

export function joinedText(text: string, parts: readonly Span[]): string {
  let joined = '';
  for (const { start, end } of parts) joined += text.slice(start, end);
  return joined;
}

/** @param words undefined where one of them is too long */
function judged(
  line: string,
  words: number | undefined,
  mayBeNamed: boolean,
  { withoutPunctuation, leastWords, javascript, policy }: C4LineRules,
): Pick<C4Line, 'isKept' | 'hasLoremIpsum' | 'hasCurlyBracket'> {
  const removed = { isKept: false, hasLoremIpsum: false, hasCurlyBracket: false };
  if (words === undefined || (withoutPunctuation && !endsSentence(line)) || words < leastWords) return removed;
  const small = mayBeNamed ? line.toLowerCase() : '';
  const hasLoremIpsum = small.includes(LOREM_IPSUM);
  if (javascript && small.includes(JAVASCRIPT)) return { ...removed, hasLoremIpsum };
  return { isKept: !(policy && POLICY.test(small)), hasLoremIpsum, hasCurlyBracket: line.includes('{') };
}

function endsSentence(line: string): boolean {
  return /[.?!"']$/.test(line) && !line.endsWith('...');
}

/** How many words stand between white spaces, of as many as are asked for; undefined where one is too long. */
function wordsIn({ text, units }: DocumentText, { start, end }: Span, least: number): number | undefined {
  const mayBeTooLong = end - start > LONGEST_WORD;
  let words = 0;
  for (let i = start; i < end && (mayBeTooLong || words < least); ) {
    const from = i;
    while (i < end && !isSpace(units[i] as number)) i++;
    if (i - from > LONGEST_WORD && codePoints(text, from, i) > LONGEST_WORD) return undefined;
    if (i > from) words++;
    while (i < end && isSpace(units[i] as number)) i++;
  }
  return words;
}

/** The parts of a line between citations, of which none is empty. */
function withoutCitations(text: string, { start, end }: Span): Span[] {
  const parts: Span[] = [];
  let from = start;
  const line = text.slice(start, end);
  if (line.includes('[')) {
    for (const { 0: citation, index } of line.matchAll(CITATION)) {
      if (start + index > from) parts.push({ start: from, end: start + index });
      from = start + index + citation.length;
    }
  }
  if (from < end) parts.push({ start: from, end });
  return parts;
}
