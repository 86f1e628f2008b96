import { writeFileSync } from 'node:fs';
// Not what the package exports: its detector keeps the table to itself.
import { dictionary } from '../node_modules/eld/src/dictionary.js';
import { ngramsData } from '../node_modules/eld/src/ngrams/extrasmall.js';

/*
 * Writes src/datasets/filters/language/ngrams.json: the table of `eld` as bytes. As the package has it, objects in objects, it
 * takes 29 MB of memory once read and 60 MB meanwhile.
 *
 * node scripts/language-ngrams.mjs
 */

/** Its characters stand for bytes of UTF-8; letters, marks and the space between words for themselves. */
const byteOf = new Map(dictionary.map((character, byte) => [character, byte]));
byteOf.set(' ', 0x20);

const codes = Object.values(ngramsData.languages);
const records = Object.entries(ngramsData.ngrams).flatMap(([ngram, scores]) => {
  const bytes = Array.from(ngram, (character) => byteOf.get(character));
  const pairs = Object.entries(scores).flatMap(([language, score]) => [Number(language), score]);
  return [bytes.length, ...bytes, pairs.length / 2, ...pairs];
});
const table = { languages: codes.join(' '), records: Buffer.from(records).toString('base64') };
writeFileSync('src/datasets/filters/language/ngrams.json', `${JSON.stringify(table, undefined, 2)}\n`);
