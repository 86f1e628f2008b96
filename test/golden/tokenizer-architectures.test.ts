import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { closeGguf, openGguf, readVocabulary } from '../support/gguf-file';

/** A tiny model of every architecture, with the ids that its own tokenizer gives (its README says how they were made). */
const FOLDER = '../shared/golden/architectures';

interface Golden {
  texts: { text: string; ids: number[]; ids_plain?: number[] }[];
  chat?: { text: string; ids: number[] };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function expectIds(tokenizer: Tokenizer, { texts, chat }: Golden): void {
  const encode = (text: string) => [...tokenizer.encode(text, { special: true }).ids];
  for (const { text, ids, ids_plain } of texts) {
    expect({ text, ids: [...tokenizer.begin, ...encode(text)] }).toEqual({ text, ids });
    expect({ text, ids: encode(text) }).toEqual({ text, ids: ids_plain ?? ids });
  }
  if (chat) expect(encode(chat.text)).toEqual(chat.ids);
}

describe.runIf(existsSync(FOLDER))('ids equal those of each architecture', () => {
  const cases = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => existsSync(`${FOLDER}/${name}/hf`)) : [];

  it.each(cases)('%s, from its folder', (name) => {
    const specification = {
      format: 'huggingFace' as const,
      tokenizer: readJson(`${FOLDER}/${name}/hf/tokenizer.json`),
      config: readJson(`${FOLDER}/${name}/hf/tokenizer_config.json`),
      vocabSize: undefined,
    };
    expectIds(createTokenizer(specification), readJson(`${FOLDER}/${name}/golden.json`));
  });

  it.each(cases.filter((name) => existsSync(`${FOLDER}/${name}/model.gguf`)))('%s, from its GGUF file', (name) => {
    const file = openGguf(`${FOLDER}/${name}/model.gguf`);
    const tokenizer = createTokenizer(readVocabulary(file));
    closeGguf(file);
    expectIds(tokenizer, readJson(`${FOLDER}/${name}/golden.json`));
  });
});
