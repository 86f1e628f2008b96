import rules from './english-rules.json';

/*
 * How spaCy's English cuts a text between white spaces into words: what is cut off at its beginning and its end, where it is
 * cut in the middle, what is a web address and what is split in a way of its own. The characters and the exceptions are spaCy
 * 3.8's (MIT licence, by ExplosionAI), written down by test/fixtures/datatrove/make_english_rules.py.
 */

const { letters, lower, upper, icons, quotes, punctuation, beforeStop } = rules;
const currencies = rules.currencies.split(' ').join('|');
const units = rules.units.split(' ').join('|');

const PREFIX = new RegExp(
  `^(?:[§%=—–]|\\+(?![0-9])|[${punctuation}]|\\.\\.+|[${quotes}]|${currencies}|[${icons}])`,
  'u',
);

const SUFFIX = new RegExp(
  `(?:……|[${punctuation}]|\\.\\.+|[${quotes}]|[${icons}]|['’][sS]|[—–]|(?<=[0-9])\\+|(?<=°[FfCcKk])\\.|(?<=[0-9])(?:${currencies})|` +
    `(?<=[0-9])(?:${units})|(?<=[${beforeStop}])\\.|(?<=[${upper}][${upper}])\\.)$`,
  'u',
);

const INFIX = new RegExp(
  `\\.\\.+|…|[${icons}]|(?<=[0-9])[+\\-*^](?=[0-9\\-])|(?<=[${lower}${quotes}])\\.(?=[${upper}${quotes}])|` +
    `(?<=[${letters}]),(?=[${letters}])|(?<=[${letters}0-9])(?:-|–|—|--|---|——|~)(?=[${letters}])|` +
    `(?<=[${letters}0-9])[:<>=\\/](?=[${letters}])`,
  'gu',
);

const SCHEME = '(?:[\\p{L}\\p{N}_+\\-.]{2,}://)?';
const USER = '(?:\\S+(?::\\S*)?@)?';
const PUBLIC_ADDRESS =
  '(?!(?:10|127)(?:\\.\\p{Nd}{1,3}){3})(?!(?:169\\.254|192\\.168)(?:\\.\\p{Nd}{1,3}){2})' +
  '(?!172\\.(?:1[6-9]|2\\p{Nd}|3[0-1])(?:\\.\\p{Nd}{1,3}){2})' +
  '(?:[1-9]\\p{Nd}?|1\\p{Nd}\\p{Nd}|2[01]\\p{Nd}|22[0-3])(?:\\.(?:1?\\p{Nd}{1,2}|2[0-4]\\p{Nd}|25[0-5])){2}' +
  '\\.(?:[1-9]\\p{Nd}?|1\\p{Nd}\\p{Nd}|2[0-4]\\p{Nd}|25[0-4])';
const NAME_PART = '[A-Za-z0-9\\u{a1}-\\u{ffff}]';
const NAME = `(?:(?:${NAME_PART}[A-Za-z0-9\\u{a1}-\\u{ffff}_\\-]{0,62})?${NAME_PART}\\.)+[${lower}]{2,63}`;
const REST = `(?:${PUBLIC_ADDRESS}|${NAME})(?::\\p{Nd}{2,5})?(?:[/?#]\\S*)?$`;

/** A web address, with or without its scheme: a public IPv4 address or a name that ends in letters, then a port and a path. */
const URL = new RegExp(`^${SCHEME}${REST}`, 'u');

/** The same with a user before it, as of mail. */
const URL_WITH_USER = new RegExp(`^${SCHEME}${USER}${REST}`, 'u');

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

/** No end but one of full stops is longer, with what has to stand before it. */
const LONGEST_SUFFIX = 16;

/** Longer texts are not tried as web addresses: it would take time with the square of their length. */
const LONGEST_URL = 4096;

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
    if (!PREFIX.test(text) && suffixLength(text) === 0 && text.search(INFIX) === -1) continue;
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
  const prefixes: number[] = [];
  const suffixes: number[] = [];
  while (start < end && !exceptions(chunk.slice(start, end))) {
    const prefix = PREFIX.exec(chunk.slice(start, end))?.[0].length ?? 0;
    const leavesException = prefix > 0 && exceptions(chunk.slice(start + prefix, end));
    const suffix = leavesException ? 0 : suffixLength(chunk.slice(start + prefix, end));
    if (prefix === 0 && suffix === 0) break;
    if (suffix > 0) suffixes.push(end);
    end -= suffix;
    // Where only the end stands between it and an exception, the beginning is a part of that.
    if (prefix === 0 || (suffix > 0 && exceptions(chunk.slice(start, end)))) continue;
    start += prefix;
    prefixes.push(start);
  }
  const middle = start < end ? middleEnds(chunk.slice(start, end), exceptions).map((place) => start + place) : [];
  return [...prefixes, ...middle, ...suffixes.reverse()];
}

function suffixLength(text: string): number {
  const stops = text.length - withoutStops(text);
  return stops > 1 ? stops : (SUFFIX.exec(text.slice(-LONGEST_SUFFIX))?.[0].length ?? 0);
}

/** How long a text is without the full stops at its end. */
function withoutStops(text: string): number {
  let length = text.length;
  while (length > 0 && text[length - 1] === '.') length--;
  return length;
}

function isUrl(text: string): boolean {
  if (text.length > LONGEST_URL || !text.includes('.')) return false;
  return (text.includes('@') ? URL_WITH_USER : URL).test(text);
}

function middleEnds(text: string, exceptions: Exceptions): readonly number[] {
  const own = exceptions(text);
  if (own) return own;
  if (isUrl(text)) return [text.length];
  const ends: number[] = [];
  let last = 0;
  // `matchAll` would make a copy of the expression for each text.
  INFIX.lastIndex = 0;
  for (let match = INFIX.exec(text); match; match = INFIX.exec(text)) {
    // What stands at the very beginning belongs to what follows.
    if (match.index === 0) continue;
    if (match.index > last) ends.push(match.index);
    last = INFIX.lastIndex;
    ends.push(last);
  }
  if (last < text.length) ends.push(text.length);
  return ends;
}
