import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { c4, FINEWEB_C4 } from '../../../src/datasets/filters/c4';
import { codeLines } from '../../../src/datasets/filters/code-lines';
import type { DocumentFilter } from '../../../src/datasets/filters/filter';
import { fineWebQuality } from '../../../src/datasets/filters/fineweb-quality';
import { gopherQuality } from '../../../src/datasets/filters/gopher-quality';
import { gopherRepetition } from '../../../src/datasets/filters/gopher-repetition';
import { personalData } from '../../../src/datasets/filters/pii/personal-data';
import { PRESETS, thresholdsOf } from '../../../src/datasets/presets';
import { DocumentText } from '../../../src/datasets/text/document-text';
import { type Decider, decide, numbersOf } from './filter-decisions';

const FIXTURE = 'test/fixtures/datatrove';

/** What datatrove makes of a document; `kept` is the MD5 sum of what C4 leaves of it. */
interface Decision {
  reason: string | null;
  alone: Record<string, string | { kept: string } | null>;
  words: number;
  runs: (number | null)[];
}

const texts: string[] = gunzipSync(readFileSync(`${FIXTURE}/documents.jsonl.gz`))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).text);
const decisions: Decision[] = JSON.parse(readFileSync(`${FIXTURE}/decisions.json`, 'utf8'));

/** As in C4's paper, and datatrove's own default. */
const c4WithPunctuation = c4({ ...FINEWEB_C4, lines: { ...FINEWEB_C4.lines, withoutPunctuation: true } });
const FILTERS: Record<string, DocumentFilter<DocumentText>> = {
  gopherRepetition: gopherRepetition(),
  gopherQuality: gopherQuality(),
  c4: c4(),
  fineWebQuality: fineWebQuality(),
  c4WithPunctuation,
};
const IN_A_ROW = [gopherRepetition(), gopherQuality(), c4(), fineWebQuality()].map((filter) => ({ filter }));

/** Two filters of datatrove have a reason of the same name. */
function reasonOf(text: string, deciders: readonly Decider[]): string | null {
  const reason = decide(text, deciders)?.reason ?? null;
  return reason === 'no_lines' ? 'empty' : reason;
}

describe('1,000 documents', () => {
  it.each(Object.entries(FILTERS))('go for the reason that datatrove gives: %s alone', (name, filter) => {
    const ours = texts.map((text) => reasonOf(text, [{ filter }]) ?? keptOf(filter, text));
    expect(ours).toEqual(decisions.map(({ alone }) => alone[name]));
  });

  function keptOf(filter: DocumentFilter<DocumentText>, text: string): { kept: string } | null {
    const kept = filter.rewrite?.(new DocumentText(text));
    return kept ? { kept: createHash('md5').update(kept.text).digest('hex') } : null;
  }

  it('go for the first reason of all filters in a row', () => {
    expect(texts.map((text) => reasonOf(text, IN_A_ROW))).toEqual(decisions.map(({ reason }) => reason));
  });

  it('have as many words, and as long runs of them, as in datatrove', () => {
    const filter = gopherRepetition();
    const first = filter.measures.findIndex(({ name }) => name === 'top_2_gram');
    const ours = texts.map((text) => {
      const document = new DocumentText(text);
      const shares = numbersOf(filter, document).subarray(first);
      const runs = [...shares].map((share) => (Number.isNaN(share) ? null : Math.round(share * document.length)));
      return { words: document.words.count, runs: document.length === 0 ? [] : runs };
    });
    const theirs = decisions.map(({ words, runs }, i) => ({ words, runs: texts[i] === '' ? [] : runs }));
    expect(ours).toEqual(theirs);
  });

  it('have marks in them that tell why they go, in order and apart', () => {
    const wrong = texts.filter((text) => {
      const removal = decide(text, IN_A_ROW);
      const filter = IN_A_ROW.find(({ filter }) => has(filter, removal?.reason))?.filter;
      if (!removal || !filter) return false;
      const threshold = filter.measures.find(({ name }) => name === removal.reason)?.threshold ?? Number.NaN;
      const spans = filter.spans(removal.read, removal.reason, threshold);
      const isApart = spans.every(({ start, end }, i) => start >= (spans[i - 1]?.end ?? 0) && end > start);
      return !isApart || (spans.at(-1)?.end ?? 0) > text.length;
    });
    expect(wrong).toEqual([]);
  });

  it('all stay where thresholds let everything pass', () => {
    const open = IN_A_ROW.map(({ filter }) => ({ filter, thresholds: openThresholds(filter) }));
    expect(texts.slice(0, 200).filter((text) => decide(text, open))).toEqual([]);
  });
});

function has({ measures }: DocumentFilter<DocumentText>, reason: string | undefined): boolean {
  return measures.some(({ name }) => name === reason);
}

function openThresholds({ measures }: DocumentFilter<DocumentText>): Record<string, number> {
  return Object.fromEntries(
    measures.map(({ name, removes }) => [name, removes === 'above' ? Number.POSITIVE_INFINITY : 0]),
  );
}

// The cases of datatrove's tests/pipeline/filters/test_filters.py, with its words.
const FRODO =
  "I wish it need not have happened in my time,' said Frodo. 'So do I,' said Gandalf, 'and so do all who live to " +
  'see such times. But that is not for them to decide. All we have to decide is what to do with the time that is ' +
  "given us.'";
const FRANK = 'I am Frank, you are Jhon. I am Frank. I am Frank you are Jhon';

describe("datatrove's own cases", () => {
  const repetition = { filter: gopherRepetition() };
  const quality = { filter: gopherQuality(), thresholds: { gopher_short_doc: 10, gopher_long_doc: 1000 } };
  const punctuation = { filter: c4WithPunctuation };
  const lines = { filter: fineWebQuality() };
  /** The reason, or that it stays. */
  const cases: [string, Decider, string][] = [
    ['dup_line_frac', repetition, 'I am your father.\n'.repeat(4)],
    ['dup_para_frac', repetition, 'I am your father.\n\n'.repeat(4)],
    [
      'dup_para_char_frac',
      repetition,
      `I am groot.\n\nYou are a wizard.\n\nI am your father.\n\n${`${'x'.repeat(30)}.\n\n`.repeat(2)}`,
    ],
    [
      'dup_line_char_frac',
      repetition,
      `I am groot.\nYou are a wizard.\nI am your father.\n${`${'x'.repeat(40)}.\n`.repeat(2)}`,
    ],
    ['top_2_gram', repetition, 'I am Frank, I am Frank, I am Frank'],
    ['top_3_gram', repetition, FRANK],
    ['duplicated_5_n_grams', repetition, 'I am a solo traveller '.repeat(4) + FRODO],
    ['gopher_short_doc', quality, 'I am too small...'],
    ['gopher_below_avg_threshold', quality, 'I am '.repeat(20)],
    ['gopher_above_avg_threshold', quality, 'interconnection '.repeat(20)],
    ['gopher_too_many_hashes', quality, '# comment '.repeat(20)],
    ['gopher_too_many_ellipsis', quality, '... comment '.repeat(20)],
    [
      'gopher_below_alpha_threshold',
      quality,
      'the ./!*?<><> apple <?////> orange  ++ interconnection !<>??? have'.repeat(20),
    ],
    ['stays', quality, FRODO],
    [
      'stays',
      punctuation,
      'This is a well-written paragraph with several sentences.\nThe content continues with more good information here.\n' +
        'Another important point is being made in this line.\nWe can see that this document has quality content.\n' +
        'Finally, the conclusion wraps everything up nicely.\nAn additional sentence to ensure we pass the threshold.',
    ],
    [
      'lorem_ipsum',
      punctuation,
      'This is a sentence with lorem ipsum dolor sit amet.\nAnother sentence with proper punctuation.\n' +
        'More content to fill out the document.\nEven more content is needed to pass the check.\nThe final sentence of the document.',
    ],
    [
      'curly_bracket',
      punctuation,
      'This is some code with a { bracket.\nAnother sentence follows this one.\nMore content to fill out the document.\n' +
        'Even more content is needed to pass.\nThe final sentence of the document.',
    ],
    ['too_few_sentences', punctuation, 'Just one sentence.'],
    ['no_lines', lines, ''],
    [
      'line_punct_ratio',
      { ...lines, thresholds: { line_punct_ratio: 0.5 } },
      'No punctuation here\nAnother line without any\nStill nothing',
    ],
    [
      'short_line_ratio',
      { ...lines, thresholds: { short_line_ratio: 0.5, line_punct_ratio: 0 } },
      'hi.\nbye.\nok.\nno.\nyes.',
    ],
    [
      'stays',
      lines,
      'This is a well-written paragraph that ends with proper punctuation.\nThe content here is substantial and has meaningful information.\n' +
        'Quality filtering ensures that only the best documents pass through.\nEach line here is long enough and ends with a terminal punctuation mark.\n' +
        'This document should pass all the quality checks applied by the filter.',
    ],
    ['line_punct_ratio', { ...lines, thresholds: { list_ratio: 0.1 } }, Array(50).fill('a').join('\n')],
  ];

  it.each(cases)('%s', (reason, decider, text) => expect(decide(text, [decider])?.reason ?? 'stays').toBe(reason));

  it('lines about cookies are taken away', () => {
    const rule = c4({ ...FINEWEB_C4, lines: { ...FINEWEB_C4.lines, withoutPunctuation: true, leastWords: -1 } });
    const kept = rule.rewrite?.(
      new DocumentText('This site uses cookies for tracking.\nAnother valid line here today.'),
    );
    expect(kept?.text).toBe('Another valid line here today.');
  });
});

describe('what is measured', () => {
  const filters = Object.values(FILTERS);
  const measured = (text: string) =>
    filters.flatMap((filter) => {
      const numbers = numbersOf(filter, new DocumentText(text));
      return filter.measures.map(({ name, draw }, i) => ({ name, draw, value: numbers[i] as number }));
    });

  it('is never more than 1 where it is a share, which is why no higher threshold is taken', () => {
    const pieces = fc.constantFrom(
      '#',
      '...',
      '…',
      '\n',
      '\n\n',
      ' ',
      'a',
      'so it goes',
      '- ',
      '• ',
      '{',
      '[1]',
      '𝒳',
      '.',
      '"',
    );
    const text = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (made) => {
        const shares = measured(made).filter(({ draw }) => draw === 'share');
        expect(shares.filter(({ value }) => value > 1)).toEqual([]);
      }),
    );
  });

  it.each([
    ['gopher_too_many_hashes', 'a#b#c'],
    ['gopher_too_many_ellipsis', '......'],
    ['list_ratio', 'a\n\n\nb'],
    ['top_2_gram', 'a a a a'],
  ])('may be more than 1: %s', (name, text) => {
    expect(measured(text).find((found) => found.name === name)).toMatchObject({ draw: 'ratio' });
    expect(measured(text).find((found) => found.name === name)?.value).toBeGreaterThan(1);
  });
});

describe('the characters that trip a rule', () => {
  const cases: [string, DocumentFilter<DocumentText>, string, string[]][] = [
    ['gopher_too_many_hashes', gopherQuality(), 'a #tag and # more', ['#', '#']],
    ['gopher_too_many_end_ellipsis', gopherQuality(), 'So it goes...\nOn and on … \nEnd.', ['...', '…']],
    ['gopher_too_many_bullets', gopherQuality(), '  - one\n•two\nthree - four', ['-', '•']],
    ['gopher_below_alpha_threshold', gopherQuality(), 'one 2 (three)', ['2', '(', ')']],
    ['dup_line_frac', gopherRepetition(), 'a\nb\na\n\na', ['a', 'a']],
    ['top_2_gram', gopherRepetition(), 'so it goes, so it ends, so it is', ['so it', 'so it', 'so it']],
    [
      'duplicated_5_n_grams',
      gopherRepetition(),
      'one two three four five. one two three four five',
      ['one two three four five'],
    ],
    ['curly_bracket', c4(), 'if a then { b }\nand so on {', ['{', '{']],
    ['too_few_sentences', c4(), 'Home\nA line that stays here.\nNext page', ['Home', 'Next page']],
    ['short_line_ratio', fineWebQuality(), 'short\nA line of more than thirty characters.\n', ['short']],
    ['code_long_line', codeLines(), `a\n${'b'.repeat(1001)}\nc`, ['b'.repeat(1001)]],
  ];

  it.each(cases)('are marked: %s', (measure, filter, text, marked) => {
    const threshold = filter.measures.find(({ name }) => name === measure)?.threshold ?? Number.NaN;
    const spans = filter.spans(new DocumentText(text), measure, threshold);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(marked);
  });

  it('stand where they do in the document, also once C4 has taken lines and citations away', () => {
    const text = 'Menu\n\n  The same old line [12] is here.\nMore of it\n\tThe same old line [3] is here.  ';
    const read = c4().rewrite?.(new DocumentText(text));
    const [span, ...more] = fineWebQuality().spans(read as DocumentText, 'char_dup_ratio', 0);
    expect(text.slice(span?.start, span?.end)).toBe('The same old line [3] is here.');
    expect(more).toEqual([]);
  });

  it('lie in any text whatever', () => {
    const unit = fc.constantFrom(
      'a',
      'I',
      ' ',
      '\n',
      '\r\n',
      '\u2028',
      '.',
      '...',
      '#',
      '-',
      '{',
      '[1]',
      'the ',
      '😀',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        let read = new DocumentText(text);
        for (const filter of [...IN_A_ROW.map(({ filter }) => filter), codeLines()]) {
          numbersOf(filter, read);
          for (const { name } of filter.measures) {
            for (const { start, end } of filter.spans(read, name, 0)) {
              expect(0 <= start && start < end && end <= text.length).toBe(true);
            }
          }
          read = filter.rewrite?.(read) ?? read;
        }
      }),
    );
  });
});

describe('documents of one thing again and again', () => {
  // Of any that took time with the square of its length, this many would not end.
  const LENGTH = 200_000;

  it.each([
    ...['(', '):', '.', 'a.', '-', "'", '…', '+', '1.', '[', '[1]', ' ', 'a', 'a ', 'a\n', '\r\n', '{\n', '字'],
    ...['\u{1f600}', '\ud800', '\udc00', 'a@', 'a@a.', 'http://a.', 'Lorem ipsum '],
  ])('are measured to their end: %j', (unit) => {
    let read = new DocumentText(unit.repeat(LENGTH / unit.length));
    for (const filter of [...IN_A_ROW.map(({ filter }) => filter), codeLines(), personalData()]) {
      expect(numbersOf(filter, read)).toHaveLength(filter.measures.length);
      read = filter.rewrite?.(read) ?? read;
    }
  });
});

describe('presets', () => {
  it.each(PRESETS)('have thresholds for their own measures only, each within its slider: $name', ({ rules }) => {
    const all = rules();
    const measures = all.flatMap(({ filter }) => filter.measures);
    for (const [name, threshold] of Object.entries(thresholdsOf(all))) {
      const slider = measures.find((measure) => measure.name === name)?.slider;
      expect(slider?.minimum).toBeLessThanOrEqual(threshold);
      expect(slider?.maximum).toBeGreaterThanOrEqual(threshold);
    }
    expect(new Set(measures.map(({ name }) => name)).size).toBe(measures.length);
  });

  it('of code keeps code that a person wrote, which the one for web pages does not', () => {
    const code = readFileSync('src/datasets/text/word-pieces.ts', 'utf8');
    const [web, forCode] = ['fineweb', 'code'].map(
      (wanted) => PRESETS.find(({ name }) => name === wanted)?.rules() ?? [],
    );
    expect(documentReasons(code, web ?? [])).not.toEqual([]);
    expect(documentReasons(code, forCode ?? [])).toEqual([]);
  });

  function documentReasons(text: string, rules: ReturnType<(typeof PRESETS)[number]['rules']>): string[] {
    return rules.flatMap(({ filter, thresholds }) => {
      if (filter.kind !== 'document') return [];
      const isOff = (name: string) => !(name in thresholds);
      const all = { ...openThresholds(filter), ...thresholds };
      const removal = decide(text, [{ filter, thresholds: all }]);
      return removal && !isOff(removal.reason) ? [removal.reason] : [];
    });
  }
});
