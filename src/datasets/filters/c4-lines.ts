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
/** Something of each line that is looked for in small letters. */
const NAMED = [LOREM_IPSUM, JAVASCRIPT, 'terms of use', 'privacy policy', 'cookie'];
const LONGEST_WORD = 1000;

/** What is looked for in lines, so far as the document has any of it: most have nothing, and no line of theirs is cut out. */
interface Sought {
  citations: boolean;
  curlyBrackets: boolean;
  names: boolean;
}

/** The lines of a document by C4's rules for lines, in the order in which datatrove asks them. */
export function c4Lines(document: DocumentText, rules: C4LineRules): C4Line[] {
  const { text, lines } = document;
  const small = text.toLowerCase();
  const sought: Sought = {
    citations: text.includes('['),
    curlyBrackets: text.includes('{'),
    names: NAMED.some((name) => small.includes(name)),
  };
  const found: C4Line[] = [];
  for (let i = 0; i < lines.count; i++) {
    const place = stripped(text, lines.start(i), lines.end(i));
    const parts = sought.citations ? withoutCitations(text, place) : [place];
    const line: C4Line = { place, parts, isKept: false, hasLoremIpsum: false, hasCurlyBracket: false };
    if (hasWords(document, place, rules.leastWords)) judge(line, joinedText(text, parts), sought, rules);
    found.push(line);
  }
  return found;
}

export function joinedText(text: string, parts: readonly Span[]): string {
  let joined = '';
  for (const { start, end } of parts) joined += text.slice(start, end);
  return joined;
}

function judge(line: C4Line, text: string, sought: Sought, rules: C4LineRules): void {
  if (rules.withoutPunctuation && !endsSentence(text)) return;
  // A citation may stand in the middle of what is looked for.
  const small = sought.names || line.parts.length !== 1 ? text.toLowerCase() : '';
  line.hasLoremIpsum = small.includes(LOREM_IPSUM);
  if (rules.javascript && small.includes(JAVASCRIPT)) return;
  line.hasCurlyBracket = sought.curlyBrackets && text.includes('{');
  line.isKept = !(rules.policy && POLICY.test(small));
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
  if (!line.includes('[')) return [place];
  const parts: Span[] = [];
  let from = place.start;
  for (const { 0: citation, index } of line.matchAll(CITATION)) {
    if (place.start + index > from) parts.push({ start: from, end: place.start + index });
    from = place.start + index + citation.length;
  }
  if (from === place.start) return [place];
  if (from < place.end) parts.push({ start: from, end: place.end });
  return parts;
}
