/** A line with one thing changed in it. */
export interface Mutant {
  /** Counted from 0. */
  line: number;
  before: string;
  after: string;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<=': '<',
  '>=': '>',
  '<': '<=',
  '>': '>=',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  and: 'or',
  or: 'and',
  true: 'false',
  false: 'true',
  True: 'False',
  False: 'True',
};
/** Between white space, where they are operators and not parts of something else. */
const CHANGEABLE =
  /(?<=\s)(===|!==|==|!=|<=|>=|<|>|&&|\|\||\+|-|and|or)(?=\s)|\b(?:true|false|True|False)\b|\b\d+\b|\b[a-z_]\w{2,}\b/g;

/** Words of the languages, which no name takes the place of. */
const KEYWORDS = new Set(
  'abstract and any as assert async await boolean break case catch class const continue def default del delete elif else enum except export extends finally for from function get global if implements import in instanceof interface is lambda let new none nonlocal not null number object of or pass print private protected public raise readonly return self set static string super switch this throw try type typeof undefined unknown var void while with yield'.split(
    ' ',
  ),
);

/**
 * Changes one thing in one of some lines: an operator into its neighbour, a number into the next, a name into another of the file.
 *
 * @param candidates lines of code
 * @param random from 0 to 1. @returns undefined where nothing in them can be changed
 */
export function mutate(
  lines: readonly string[],
  candidates: readonly number[],
  random: () => number,
): Mutant | undefined {
  const names = [...new Set(lines.join('\n').match(/\b[a-z_]\w{2,}\b/g))].filter(isName);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  for (let attempt = 0; attempt < 50; attempt++) {
    const line = one(candidates);
    const before = lines[line] as string;
    const places = [...before.matchAll(CHANGEABLE)].filter(
      ([word]) => isName(word) || !/^[a-z_]/.test(word) || word in OPERATORS,
    );
    if (places.length === 0) continue;
    const { 0: word, index } = one(places);
    const other = replacementOf(word, names, one);
    if (other !== word)
      return { line, before, after: before.slice(0, index) + other + before.slice(index + word.length) };
  }
  return undefined;
}

function replacementOf(word: string, names: readonly string[], one: (of: readonly string[]) => string): string {
  if (word in OPERATORS) return OPERATORS[word] as string;
  return /^\d/.test(word) ? `${Number(word) + 1}` : one(names);
}

const isName = (word: string): boolean => /^[a-z_]/.test(word) && !KEYWORDS.has(word) && !(word in OPERATORS);

/** The same numbers each time: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
