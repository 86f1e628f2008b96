import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/model/huggingface/json';
import { readText } from '../../../src/model/huggingface/read-json-file';
import { atOnce } from '../../../src/tokenizer/slices';
import { temporaryFolder } from '../../support/temporary-folder';

const parse = (text: string) => atOnce(parseJson(text, ({ template }) => new Error(template)));
const plain = (text: string) => JSON.parse(JSON.stringify(parse(text)));

/** What JSON.parse makes of a text: a value, or nothing where it is none. */
function outcomeOf(parser: (text: string) => unknown, text: string): unknown {
  try {
    return { value: parser(text) };
  } catch {
    return undefined;
  }
}

describe('JSON is read as by JSON.parse', () => {
  test('values of every kind', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(undefined, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        expect(plain(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('texts that are nearly JSON', () => {
    const signs = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\',
      '"',
      ' ',
      '1',
      '-',
      '.5',
      'e3',
      'null',
      'tru',
      '\n',
      '01',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        // Not `plain`: a number may be too large to be written again.
        expect(outcomeOf(parse, text)).toEqual(outcomeOf(JSON.parse, text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what would cost more than it is worth is refused', () => {
  test.each([
    ['lists 100,000 deep', '['.repeat(100_000), /nests/],
    ['objects 100,000 deep', '{"a":'.repeat(100_000), /nests/],
    ['five million values', `[${'0,'.repeat(5_000_000)}0]`, /more than/],
    ['a field twice', '{"a":1,"b":2,"a":3}', /twice/],
    ['a control character in a text', '["\u0000"]', /no JSON/],
  ])('%s', (_, text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });

  test('a field called __proto__ is a field', () => {
    const value = parse('{"__proto__": {"polluted": true}, "constructor": 1}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test.each([1, 2, 3, 4])(
  'a text of megabytes is read in parts of whole characters: %i bytes before a border',
  (before) => {
    const path = join(temporaryFolder(), 'text');
    const text = `${'a'.repeat(2 ** 20 - before)}🧀é語`;
    writeFileSync(path, text);
    expect(atOnce(readText(path)) === text).toBe(true);
  },
);
