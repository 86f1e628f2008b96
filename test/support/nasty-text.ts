/** Texts that break tokenizers: every kind of character that some split, normaliser or runtime treats in its own way. */

/** A generator of numbers in [0, 1) that gives the same row for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = [
  'the',
  ' the',
  'Hello',
  ' World',
  'mouse',
  ' cheese',
  'ratón',
  ' comió',
  'queso',
  'naïve',
  'Straße',
  'İstanbul',
  'ǅ',
  'ﬁ',
  'camelCaseName',
  'HTTPServer',
  'snake_case',
  'XMLHttpRequest',
  'a',
  'B',
  ' c',
  'ſ',
  'K',
  'µ',
  'ª',
  'ʰ',
  'ⅷ',
  '½',
  '²',
];
const CONTRACTIONS = [
  "'s",
  "'S",
  "'t",
  "'re",
  "'RE",
  "'ve",
  "'m",
  "'LL",
  "'ll",
  "'d",
  "'ſ",
  "'",
  "''",
  "'lL",
  "'x",
  '’s',
];
const SPACES = [
  ' ',
  '  ',
  '    ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  ' \n ',
  '\u0085',
  '\u00a0',
  '\u2003',
  '\u2028',
  '\u3000',
  '\u180e',
  '\u200b',
  '\u000b',
  '\u000c',
  '\u001c',
];
const NUMBERS = [
  '0',
  '7',
  '327',
  '1234567',
  '3.14',
  '1,000',
  '2024-09-06',
  '0x147',
  '1e-7',
  '٣٢٧',
  '३२७',
  '𝟛',
  '①',
  '１２３',
];
const SYMBOLS = [
  '!',
  '?!',
  '...',
  '=>',
  '===',
  '//',
  '/*',
  '{}',
  '$',
  '€',
  '<|',
  '|>',
  '`',
  '~',
  '^',
  '\\',
  '§',
  '™',
  '。',
  '、',
  '「',
  '/\n',
  ';\n\n',
  '!\r\n/',
];
const MARKS = [
  'a\u0301',
  'o\u0308\u0304',
  '\u1112\u1161\u11ab',
  '\u212b',
  '\uf900',
  '\u0301',
  '\u0308\u0301',
  '\u20d0',
  '\u093f',
  '\u0e31',
  '\u064b',
  '\ufe0f',
  '\u200d',
  '\u200e',
  'e\u0301',
  '\u0f39',
];
const EMOJI = ['👍', '👍🏽', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇪🇸', '1️⃣', '🧀', '😶‍🌫️'];
const ODD = [
  '\ufeff',
  '\0',
  '\u0004',
  '\u001d',
  '\ufffd',
  '\uffff',
  '\ud800',
  '\udc00',
  '\udbff\udbff',
  '\u{40000}',
  '\u{10ffff}',
  '\u{f0000}',
  '\ue000',
  '\u2581',
  '\u{323af}',
];
const CONTROLS = [
  '<|endoftext|>',
  '<|im_start|>',
  '<|im_end|>',
  '<|fim_prefix|>',
  '<|endofprompt|>',
  '<s>',
  '</s>',
  '<unk>',
  '<0x0A>',
  '<repo_name>',
];
/** Ranges of scripts, and of characters that came with Unicode 13 to 17. */
const SCRIPTS: [first: number, last: number][] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x250, 0x36f],
  [0x370, 0x52f],
  [0x531, 0x5f4],
  [0x600, 0x6ff],
  [0x900, 0x97f],
  [0xb80, 0xbff],
  [0xe00, 0xe7f],
  [0xf00, 0xfff],
  [0x10a0, 0x10ff],
  [0x1100, 0x11ff],
  [0x13a0, 0x13ff],
  [0x1780, 0x17ff],
  [0x1c80, 0x1c8f],
  [0x1e00, 0x1fff],
  [0x2000, 0x206f],
  [0x2070, 0x218f],
  [0x2190, 0x23ff],
  [0x2c00, 0x2dff],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fff],
  [0xa640, 0xa7ff],
  [0xab30, 0xabbf],
  [0xac00, 0xd7a3],
  [0xfb00, 0xfdff],
  [0xff00, 0xffef],
  [0x10400, 0x1044f],
  [0x105c0, 0x105ff],
  [0x10d40, 0x10d8f],
  [0x10940, 0x1095f],
  [0x11900, 0x1195f],
  [0x11bc0, 0x11bff],
  [0x16100, 0x1613f],
  [0x16d40, 0x16d7f],
  [0x1ccf0, 0x1ccff],
  [0x1d400, 0x1d7ff],
  [0x1e5d0, 0x1e5ff],
  [0x1e900, 0x1e95f],
  [0x1f000, 0x1faff],
  [0x20000, 0x2a6df],
  [0x31350, 0x323af],
  [0x323b0, 0x3347f],
];
const LISTS = [WORDS, WORDS, CONTRACTIONS, SPACES, SPACES, NUMBERS, SYMBOLS, MARKS, EMOJI, ODD, CONTROLS];

/** `count` texts; the same for the same seed. */
export function nastyTexts(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => nastyText(random));
}

export function nastyText(random: () => number): string {
  const parts = 1 + Math.floor(random() * 12);
  return Array.from({ length: parts }, () => nastyPart(random)).join('');
}

function nastyPart(random: () => number): string {
  const kind = random();
  if (kind < 0.2) {
    const [first, last] = pick(SCRIPTS, random);
    const length = 1 + Math.floor(random() * 6);
    return Array.from({ length }, () => String.fromCodePoint(first + Math.floor(random() * (last - first + 1)))).join(
      '',
    );
  }
  const part = pick(pick(LISTS, random), random);
  if (kind < 0.23) return part.repeat(1 + Math.floor(random() * 60));
  return part;
}

function pick<T>(list: readonly T[], random: () => number): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new RangeError('An empty list.');
  return item;
}
