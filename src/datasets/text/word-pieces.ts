import { infixLength, isNoInfix, prefixLength, suffixLength } from './affixes';
import rules from './english-rules.json';
import { isWebAddress } from './web-addresses';

/* How spaCy's English cuts a text between white spaces into words, with its own exceptions. */

/** Each text that is split in a way of its own, with where its words end. */
const EXCEPTIONS: ReadonlyMap<string, readonly number[]> = new Map(
  rules.exceptions.split('\n').map((words) => {
    const ends: number[] = [];
    for (const word of words.split(' ')) ends.push((ends.at(-1) ?? 0) + word.length);
    return [words.replaceAll(' ', ''), ends];
  }),
);

/** No exception is longer. */
const LONGEST_EXCEPTION = Math.max(...[...EXCEPTIONS.keys()].map((text) => text.length));

/** An exception that is found among words too: those it would be cut into if it were none, and those that it is. */
export interface WordsInside {
  plain: readonly string[];
  own: readonly string[];
}

/** @param chunk without white space. @returns where its words end, in UTF-16 units, where no exception is found among them */
export function wordEnds(chunk: string): readonly number[] {
  return exceptionOf(chunk) ?? cut(chunk, exceptionOf);
}

/** Exceptions that spaCy finds among the words of a text: those of which something would be cut off, or that would be cut. */
export function exceptionsInside(): WordsInside[] {
  const found: WordsInside[] = [];
  for (const [text, ends] of EXCEPTIONS) {
    const { length } = text;
    const isCut =
      prefixLength(text, 0, length) > 0 ||
      suffixLength(text, 0, length) > 0 ||
      [...text].some((_, at) => infixLength(text, 0, length, at) > 0);
    if (!isCut) continue;
    const plain = cut(text, () => undefined);
    if (plain.length > 1 || ends.length > 1) found.push({ plain: pieces(text, plain), own: pieces(text, ends) });
  }
  return found;
}

function pieces(text: string, ends: readonly number[]): string[] {
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

type Exceptions = (text: string) => readonly number[] | undefined;

function exceptionOf(text: string): readonly number[] | undefined {
  return text.length > LONGEST_EXCEPTION ? undefined : EXCEPTIONS.get(text);
}

/** Takes off beginnings and ends until an exception is left, or nothing can be taken off, and cuts what is left. */
function cut(chunk: string, exceptions: Exceptions): number[] {
  let start = 0;
  let end = chunk.length;
  const ends: number[] = [];
  const suffixes: number[] = [];
  while (start < end && !exceptions(chunk.slice(start, end))) {
    const prefix = prefixLength(chunk, start, end);
    const leavesException = prefix > 0 && exceptions(chunk.slice(start + prefix, end));
    const suffix = leavesException ? 0 : suffixLength(chunk, start + prefix, end);
    if (prefix === 0 && suffix === 0) break;
    if (suffix > 0) suffixes.push(end);
    end -= suffix;
    // Where only the end stands between it and an exception, the beginning is a part of that.
    if (prefix === 0 || (suffix > 0 && exceptions(chunk.slice(start, end)))) continue;
    start += prefix;
    ends.push(start);
  }
  if (start < end) cutMiddle(chunk.slice(start, end), start, exceptions, ends);
  while (suffixes.length > 0) ends.push(suffixes.pop() as number);
  return ends;
}

/** @param from where the text begins in the chunk */
function cutMiddle(text: string, from: number, exceptions: Exceptions, ends: number[]): void {
  const { length } = text;
  const own = exceptions(text);
  if (own) for (const end of own) ends.push(from + end);
  else if (text.includes('.') && isWebAddress(text)) ends.push(from + length);
  else {
    let last = 0;
    for (let at = 0; at < length; ) {
      const infix = isNoInfix(text.charCodeAt(at)) ? 0 : infixLength(text, 0, length, at);
      // What stands at the very beginning belongs to what follows.
      if (infix > 0 && at > 0) {
        if (at > last) ends.push(from + at);
        last = at + infix;
        ends.push(from + last);
      }
      at += Math.max(infix, 1);
    }
    if (last < length) ends.push(from + length);
  }
}
