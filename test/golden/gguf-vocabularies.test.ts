import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/tokenizer';
import { closeGguf, openGguf, readVocabulary } from '../support/gguf-file';

/**
 * The vocabularies that llama.cpp tests itself with, each with texts (.inp) and the ids that the model's own tokenizer
 * gives (.out). They are in the source package llama-cpp-python, under vendor/llama.cpp/models; GGUF_VOCABULARIES says
 * where they lie.
 */
const FOLDER = process.env.GGUF_VOCABULARIES ?? '';

/** A kind that Vitrine refuses by name. */
const REFUSED = /bert/;

const files = FOLDER === '' ? [] : readdirSync(FOLDER).filter((name) => existsSync(`${FOLDER}/${name}.inp`));

describe.runIf(files.length > 0)('ids equal those of the models that the vocabularies are from', () => {
  it.each(files.filter((name) => !REFUSED.test(name)))('%s', (name) => {
    const file = openGguf(`${FOLDER}/${name}`);
    const tokenizer = createTokenizer(readVocabulary(file));
    closeGguf(file);
    const texts = readFileSync(`${FOLDER}/${name}.inp`, 'utf8').split('\n__ggml_vocab_test__\n');
    const ids = readFileSync(`${FOLDER}/${name}.out`, 'utf8').split('\n').slice(0, texts.length);
    expect(ids.length).toBeGreaterThan(40);
    for (const [i, line] of ids.entries()) {
      const text = texts[i] ?? '';
      // Qwen 3.5 brings these into NFC first; llama.cpp, which these ids are of, does not.
      if (text !== text.normalize('NFC')) continue;
      const expected = line.trim() === '' ? [] : line.trim().split(' ').map(Number);
      expect({ text, ids: [...tokenizer.encode(text).ids] }).toEqual({ text, ids: expected });
    }
  });
});
