import { CharacterClass, LETTER, NUMBER } from '../unicode/character-class';
import { ClassSet, ListedSet } from './character-set';
import { isolateEach, isolateFinalSpaces, isolateRuns, isolateSpacedRuns } from './isolate';
import type { Split } from './split';

/** The splits of DeepSeek's first vocabularies (tokenizer.json; llama.cpp, src/llama-vocab.cpp). */

/** Written out in the original: cased letters of an older Unicode. */
const LETTERS =
  'A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ' +
  '-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰' +
  '-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃';
const PUNCTUATION = '!-/:-~！-／：-～‘-‟\u3000-。';
const CJK = '一-龥\u0800-一가-\ud7ff';

/** `[\r\n]`, `\s?[LETTERS]+`, `\s?[PUNCTUATION]+`, `\s+$`, `[CJK]+`, `\p{N}+` */
export function deepseekLlm(): Split[] {
  return [
    isolateEach(new ListedSet('\r\n')),
    isolateSpacedRuns(new ListedSet(LETTERS)),
    isolateSpacedRuns(new ListedSet(PUNCTUATION)),
    isolateFinalSpaces,
    isolateRuns(new ListedSet(CJK)),
    isolateRuns(new ClassSet(NUMBER)),
  ];
}

/** `[\r\n]`, `\s?\p{L}+`, `\s?\p{P}+`, `[CJK]+`, `\p{N}` */
export function deepseekCoder(): Split[] {
  return [
    isolateEach(new ListedSet('\r\n')),
    isolateSpacedRuns(new ClassSet(LETTER)),
    isolateSpacedRuns(new ClassSet(CharacterClass.Punctuation)),
    isolateRuns(new ListedSet(CJK)),
    isolateEach(new ClassSet(NUMBER)),
  ];
}
