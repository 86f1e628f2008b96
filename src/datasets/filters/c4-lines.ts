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
/** Something of each of those that are looked for in small letters. */
const NAMED = [LOREM_IPSUM, JAVASCRIPT, 'terms of use', 'privacy policy', 'cookie'];
const LONGEST_WORD = 1000;

/** The lines of a document by C4's rules for lines, in the order in which datatrove asks them. */
export function c4Lines(document: DocumentText, rules: C4LineRules): C4Line[] {
  const { text, lines } = document;
  const small = text.toLowerCase();
  const names = NAMED.filter((name) => small.includes(name)).map((name) => new NextPlace(small, name));
  // One letter of Turkish is longer in lower case: behind it, names stand elsewhere.
  const mayHaveName = (place: Span) => names.some((name) => small.length !== text.length || name.isIn(place));
  const citations = new NextPlace(text, '[');
  const brackets = new NextPlace(text, '{');
  const found: C4Line[] = [];
  for (let i = 0; i < lines.count; i++) {
    const place = stripped(text, lines.start(i), lines.end(i));
    const hasBracket = brackets.isIn(place);
    const parts = citations.isIn(place) ? withoutCitations(text, place) : [place];
    const line: C4Line = { place, parts, isKept: false, hasLoremIpsum: false, hasCurlyBracket: false };
    found.push(line);
    if (!hasWords(document, place, rules.leastWords)) continue;
    // Most lines have nothing that is looked for, and are not cut out.
    if (rules.withoutPunctuation || mayHaveName(place) || hasBracket || parts[0] !== place)
      judge(line, joinedText(text, parts), rules);
    else line.isKept = true;
  }
  return found;
}

/** Tells of one place of a text after another whether something begins in it, without looking at any character twice. */
class NextPlace {
  #next = -1;

  constructor(
    readonly text: string,
    readonly wanted: string,
  ) {}

  /** @param place not before the one that was asked for last */
  isIn({ start, end }: Span): boolean {
    if (this.#next < start) this.#next = this.text.indexOf(this.wanted, start);
    if (this.#next === -1) this.#next = this.text.length;
    return this.#next < end;
  }
}

export function joinedText(text: string, parts: readonly Span[]): string {
  let joined = '';
  for (const { start, end } of parts) joined += text.slice(start, end);
  return joined;
}

function judge(line: C4Line, text: string, { withoutPunctuation, javascript, policy }: C4LineRules): void {
  if (withoutPunctuation && !endsSentence(text)) return;
  const small = text.toLowerCase();
  line.hasLoremIpsum = small.includes(LOREM_IPSUM);
  if (javascript && small.includes(JAVASCRIPT)) return;
  line.hasCurlyBracket = text.includes('{');
  line.isKept = !(policy && POLICY.test(small));
}

function endsSentence(line: string): boolean {
  return /[.?!"']$/.test(line) && !line.endsWith('...');
}

/** Whether so many words stand between white spaces, of which none is too long. */
function hasWords({ text, units }: DocumentText, { start, end }: Span, least: number): boolean {
  const mayBeTooLong = end - start > LONGEST_WORD;
  let words = 0;
  for (let i = start; i < end && (mayBeTooLong || words < least); ) {
    const from = i;
    while (i < end && !isSpace(units[i] as number)) i++;
    if (i - from > LONGEST_WORD && codePoints(text, from, i) > LONGEST_WORD) return false;
    if (i > from) words++;
    while (i < end && isSpace(units[i] as number)) i++;
  }
  return words >= least;
}

/** The parts of a line between citations, of which none is empty; the place itself where there is none. */
function withoutCitations(text: string, place: Span): Span[] {
  const line = text.slice(place.start, place.end);
  const parts: Span[] = [];
  let from = place.start;
  // `matchAll` would make a copy of the expression for each line.
  CITATION.lastIndex = 0;
  for (let match = CITATION.exec(line); match; match = CITATION.exec(line)) {
    if (place.start + match.index > from) parts.push({ start: from, end: place.start + match.index });
    from = place.start + CITATION.lastIndex;
  }
  if (from === place.start) return [place];
  if (from < place.end) parts.push({ start: from, end: place.end });
  return parts;
}
