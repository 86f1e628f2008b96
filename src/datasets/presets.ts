import { type Sentence, sentence } from '../shared/errors';
import type { Thresholds } from '../shared/filters-api';
import { c4 } from './filters/c4';
import { codeLines } from './filters/code-lines';
import { contamination } from './filters/contamination/contamination';
import { ExactDuplicatesFilter } from './filters/exact-duplicates';
import type { Filter } from './filters/filter';
import { fineWebQuality } from './filters/fineweb-quality';
import { gopherQuality } from './filters/gopher-quality';
import { gopherRepetition } from './filters/gopher-repetition';
import { language } from './filters/language/language';
import { MinHashFilter } from './filters/min-hash';
import { personalData } from './filters/pii/personal-data';
import type { DocumentText } from './text/document-text';

/** A filter as a preset has it. */
export interface PresetRule {
  filter: Filter<DocumentText>;
  /** Of its measures: one that has none is off, and so is a rule without any. */
  thresholds: Thresholds;
  /** Why the preset has it so, and whose numbers they are. */
  why: Sentence;
}

/** Rules for a kind of data, in their order. */
export interface Preset {
  /** The command line knows it by this name. */
  name: string;
  title: Sentence;
  why: Sentence;
  /** New filters, which have not seen a document. */
  rules(): PresetRule[];
}

const AS_FINEWEB = sentence`As FineWeb has it.`;
const DUPLICATES = sentence`As FineWeb has it: the first of several copies stays.`;

const LANGUAGE = sentence`As FineWeb has it, by a smaller detector with a threshold of its own.`;

const fineWeb: Preset = {
  name: 'fineweb',
  title: sentence`Web pages in English`,
  why: sentence`The rules of FineWeb, in its order and with its thresholds: of pages of the web they leave prose in English. They take quantity for quality, and with it most code, lists and dialogues.`,
  rules: () => [
    on(language(['en']), {}, LANGUAGE),
    on(gopherRepetition(), {}, AS_FINEWEB),
    on(gopherQuality(), {}, AS_FINEWEB),
    on(
      c4(),
      {},
      sentence`As FineWeb has it: lines without punctuation at their end may stay, because to take them away cost more than it was worth.`,
    ),
    on(fineWebQuality(), {}, AS_FINEWEB),
    ...lastRules(),
  ],
};

const code: Preset = {
  name: 'code',
  title: sentence`Code`,
  why: sentence`For files of code, in which lines, names and brackets come back: most rules for prose would remove nearly all of them. Thresholds of repetition are Vitrine’s own.`,
  rules: () => [
    on(codeLines(), {}, sentence`The thresholds of Codex and of The Stack.`),
    on(
      gopherRepetition(),
      {
        dup_line_frac: 0.6,
        dup_line_char_frac: 0.45,
        top_2_gram: 0.23,
        top_3_gram: 0.44,
        top_4_gram: 0.49,
        duplicated_5_n_grams: 0.46,
        duplicated_6_n_grams: 0.45,
        duplicated_7_n_grams: 0.43,
        duplicated_8_n_grams: 0.4,
        duplicated_9_n_grams: 0.39,
        duplicated_10_n_grams: 0.37,
      },
      sentence`Gopher’s own thresholds would remove half of the files that people wrote by hand. These are Vitrine’s: of 542 files of seven public repositories one in a hundred lies beyond each.`,
    ),
    on(
      gopherQuality(),
      {
        gopher_short_doc: 10,
        gopher_below_avg_threshold: undefined,
        gopher_above_avg_threshold: undefined,
        gopher_too_many_hashes: undefined,
        gopher_too_many_bullets: undefined,
        gopher_below_alpha_threshold: undefined,
        gopher_enough_stop_words: undefined,
      },
      sentence`Only lengths and ellipses are looked at, by thresholds of Vitrine’s own: half of the words of code have no letter, and none has to be English.`,
    ),
    ...lastRules(),
    off(
      fineWebQuality(),
      sentence`Off: lines of code are short, end without a full stop and come back. These rules would remove nine files of ten.`,
    ),
    off(
      c4(),
      sentence`Off: a document with a curly bracket goes, and that is nearly every file of code in most languages.`,
    ),
  ],
};

const STOP_WORDS = [
  'de',
  'la',
  'en',
  'el',
  'y',
  'a',
  'que',
  'del',
  'los',
  'se',
  'por',
  'un',
  'con',
  'una',
  'las',
  'su',
];
const AS_FINEWEB2 = sentence`As FineWeb-2 has it for Spanish.`;

const spanish: Preset = {
  name: 'spanish',
  title: sentence`Web pages in Spanish`,
  why: sentence`The rules of FineWeb-2 for Spanish, in its order and with its thresholds and stop words; it has none of C4’s. Words are found by the rules for English, which cut Spanish in nearly the same places.`,
  rules: () => [
    on(language(['es']), {}, LANGUAGE),
    on(
      gopherRepetition(),
      {
        dup_para_frac: undefined,
        dup_para_char_frac: undefined,
        dup_line_frac: 0.265,
        dup_line_char_frac: undefined,
        top_2_gram: 0.077,
        top_3_gram: 0.097,
        top_4_gram: 0.112,
        duplicated_5_n_grams: 0.152,
        duplicated_6_n_grams: 0.137,
        duplicated_7_n_grams: 0.123,
        duplicated_8_n_grams: 0.114,
        duplicated_9_n_grams: 0.107,
        duplicated_10_n_grams: 0.099,
      },
      AS_FINEWEB2,
    ),
    on(
      fineWebQuality(),
      { line_punct_ratio: 0.3, short_line_ratio: undefined, char_dup_ratio: 0.1, list_ratio: 0.171 },
      AS_FINEWEB2,
    ),
    on(
      gopherQuality({ stopWords: STOP_WORDS }),
      {
        gopher_below_avg_threshold: 4,
        gopher_above_avg_threshold: 14,
        gopher_below_alpha_threshold: 0.825,
      },
      AS_FINEWEB2,
    ),
    ...lastRules(),
  ],
};

const chat: Preset = {
  name: 'chat',
  title: sentence`Conversations`,
  why: sentence`For questions and answers, which may be short, hold code and end without a full stop. It only removes what goes round in circles, is nearly empty or stands there twice. Thresholds other than Gopher’s are Vitrine’s own.`,
  rules: () => [
    on(
      gopherRepetition(),
      {},
      sentence`Gopher’s thresholds: an answer that goes round in circles is the one thing a model of conversations must not learn.`,
    ),
    on(
      gopherQuality(),
      {
        gopher_short_doc: 5,
        gopher_below_avg_threshold: 2,
        gopher_above_avg_threshold: 15,
        gopher_too_many_hashes: undefined,
        gopher_too_many_bullets: undefined,
        gopher_below_alpha_threshold: 0.5,
        gopher_enough_stop_words: undefined,
      },
      sentence`Answers may be short, in any language, lists or code. The thresholds are Vitrine’s own and let all of these pass.`,
    ),
    ...lastRules(),
  ],
};

export const PRESETS: readonly Preset[] = [fineWeb, code, spanish, chat];

/** Of all measures of some rules. */
export function thresholdsOf(rules: readonly PresetRule[]): Thresholds {
  return Object.assign({}, ...rules.map(({ thresholds }) => thresholds));
}

/** What holds documents against each other, against a test, and looks for things that nobody should have published. */
function lastRules(): PresetRule[] {
  return [
    on(new ExactDuplicatesFilter(), {}, DUPLICATES),
    on(new MinHashFilter(), {}, DUPLICATES),
    on(contamination(), {}, sentence`On where a file of questions is chosen.`),
    off(personalData(), sentence`Off: FineWeb keeps such documents and replaces the addresses.`),
  ];
}

/** @param others than the filter's own thresholds; undefined turns a measure off */
function on(
  filter: Filter<DocumentText>,
  others: Readonly<Record<string, number | undefined>>,
  why: Sentence,
): PresetRule {
  const thresholds: Record<string, number> = {};
  for (const { name, threshold } of filter.measures) {
    const own = name in others ? others[name] : threshold;
    if (own !== undefined) thresholds[name] = own;
  }
  return { filter, thresholds, why };
}

function off(filter: Filter<DocumentText>, why: Sentence): PresetRule {
  return { filter, thresholds: {}, why };
}
