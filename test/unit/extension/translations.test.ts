import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import translations from '../../../l10n/bundle.l10n.es.json';
import manifest from '../../../package.json';
import spanish from '../../../package.nls.es.json';
import english from '../../../package.nls.json';

/** `t('…'` or `t("…"`, whatever `t` is called on. */
const TRANSLATED = /\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
/** `t(` with anything else: what it says cannot be looked up. */
const NOT_LITERAL = /(?<![\w.]|function )(?:l10n\.)?t\((?!\s*['"])[^)\n]*/g;

/** What errors say: the template of a tagged literal. */
const TAGGED = /(?<![\w.])sentence`((?:[^`\\]|\\.)*)`/g;
const VALUE = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

const sources = [...sourcesIn('src/extension'), ...sourcesIn('webviews')];
const sentences = new Set([
  ...sources.flatMap(({ source }) =>
    [...source.matchAll(TRANSLATED)].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1')),
  ),
  ...[...sourcesIn('src'), ...sourcesIn('models')].flatMap(({ source }) =>
    [...source.matchAll(TAGGED)].map(([, text = '']) => templateOf(text)),
  ),
]);
const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();

function sourcesIn(folder: string): { path: string; source: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, source: readFileSync(join(folder, path), 'utf8') }));
}

function templateOf(text: string): string {
  let values = 0;
  return text.replace(VALUE, () => `{${values++}}`);
}

describe('what the extension says', () => {
  it('is found in the sources', () => expect(sentences.size).toBeGreaterThan(50));

  it('is always a literal, which can be looked up', () => {
    const others = sources.flatMap(({ path, source }) =>
      (source.match(NOT_LITERAL) ?? []).map((call) => `${path}: ${call}`),
    );
    expect(others).toEqual([]);
  });

  it('has a Spanish translation, and nothing else has one', () => {
    expect(Object.keys(translations).sort()).toEqual([...sentences].sort());
  });

  it.each(Object.entries(translations))('has the same values in both languages: %s', (sentence, translation) => {
    expect(placeholders(translation)).toEqual(placeholders(sentence));
  });
});

describe('what the manifest says', () => {
  const keys = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));

  it.each([
    ['English', english],
    ['Spanish', spanish],
  ])('is there in %s, and nothing else', (_, texts) => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
  });
});
