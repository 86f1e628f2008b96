import { classOf, codePointAt, LETTER, NUMBER, runEnd, unitsOf } from '../unicode/character-class';
import { anyCaseContractionEnd, digitsEnd, isNewline, linesOrSpacesEnd, symbolsEnd } from './parts';
import type { Split } from './split';

/**
 * The regex of cl100k_base and its descendants (openai/tiktoken; tokenizer.json of Llama 3, Qwen 2 and 3.5):
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?W+|\p{N}{1,D}| ?[^\s\p{N}W]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * @param digits D: how many digits a piece holds at most
 * @param word W: the classes that words are made of
 */
export function cl100k(digits: number, word = LETTER): Split {
  return (units, from, end) => {
    const point = codePointAt(units, from, end);
    const first = classOf(point);
    if (first & word) return runEnd(units, from, end, word);
    if (first & NUMBER) return digitsEnd(units, from, end, digits);
    const contraction = anyCaseContractionEnd(units, from, end);
    if (contraction > from) return contraction;
    if (!isNewline(point)) {
      const start = from + unitsOf(point);
      const words = runEnd(units, start, end, word);
      if (words > start) return words;
    }
    let symbols = symbolsEnd(units, from, end, word | NUMBER);
    if (symbols === from) return linesOrSpacesEnd(units, from, end);
    while (symbols < end && isNewline(units[symbols])) symbols++;
    return symbols;
  };
}
