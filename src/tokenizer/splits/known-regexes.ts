import { LETTER, MARK, NUMBER } from '../unicode/character-class';
import { ClassSet, ListedSet } from './character-set';
import { cl100k } from './cl100k';
import { isolateThreeNumbers, KANA_AND_HAN, words } from './deepseek-v3';
import { gpt2 } from './gpt2';
import { isolateEach, isolateRuns } from './isolate';
import { o200k } from './o200k';
import type { Split } from './split';

const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const UPPER = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const LOWER = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const LINES_OR_SPACES = '\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
const O200K = [
  `[^\\r\\n\\p{L}\\p{N}]?${UPPER}*${LOWER}+${CONTRACTION}?`,
  `[^\\r\\n\\p{L}\\p{N}]?${UPPER}+${LOWER}*${CONTRACTION}?`,
  `\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${LINES_OR_SPACES}`,
].join('|');
const DEEPSEEK_WORDS = [
  '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+',
  ` ?[\\p{P}\\p{S}]+[\\r\\n]*|${LINES_OR_SPACES}`,
].join('|');

/** Regexes that there are matchers for, each with the split that takes its matches, and what lies between two, for pieces. */
const KNOWN = new Map<string, Split>([
  [GPT2, gpt2],
  [cl100kRegex('\\p{L}', '\\p{L}', '{1,3}'), cl100k(3)],
  [cl100kRegex('\\p{L}', '\\p{L}', ''), cl100k(1)],
  [cl100kRegex('[\\p{L}\\p{M}]', '\\p{L}\\p{M}', ''), cl100k(1, LETTER | MARK)],
  [O200K, o200k],
  ['\\p{N}{1,3}', isolateThreeNumbers],
  ['\\p{N}', isolateEach(new ClassSet(NUMBER))],
  ['\\p{N}+', isolateRuns(new ClassSet(NUMBER))],
  ['[\\r\\n]', isolateEach(new ListedSet('\r\n'))],
  [`[${KANA_AND_HAN}]+`, isolateRuns(new ListedSet(KANA_AND_HAN))],
  [DEEPSEEK_WORDS, words],
]);

/** The split that a regex describes in which every match is a piece; undefined where no matcher is written for it. */
export function knownSplit(regex: string): Split | undefined {
  return KNOWN.get(regex.replaceAll('\r', '\\r').replaceAll('\n', '\\n'));
}

function cl100kRegex(word: string, wordClasses: string, digits: string): string {
  return `${CONTRACTION}|[^\\r\\n\\p{L}\\p{N}]?${word}+|\\p{N}${digits}| ?[^\\s${wordClasses}\\p{N}]+[\\r\\n]*|${LINES_OR_SPACES}`;
}
