import type { Sentence } from '../../shared/errors';
import type { FilterMeasure, Span } from '../../shared/filters-api';
import type { DatasetDocument } from '../documents/document-source';
import type { FingerprintShape } from '../duplicates/find-copies';
import type { TestQuestions } from './contamination/test-questions';
import type { LanguageDetector } from './language/language-detector';

/** A number that a filter measures, with its words. */
export interface Measure extends FilterMeasure {
  title: Sentence;
  /** What goes wrong with a model that learns from such documents, in a sentence. */
  why: Sentence;
}

/** What a filter is, whatever it has to read for it. */
export interface FilterWords {
  /** `gopherQuality`; settings and the command line know it by this name. */
  name: string;
  title: Sentence;
  /** Whose rule it is, and what for. */
  why: Sentence;
  /** In the order in which they decide: the first that its threshold does not let pass is the reason. */
  measures: readonly Measure[];
}

/** Gets what filters decide by that is large: only who measures has it, not who shows what rules there are. */
export interface FilterMaterial {
  /** Undefined where nobody has chosen a file. */
  testQuestions(): Promise<TestQuestions | undefined>;
  languageDetector(): LanguageDetector;
}

/**
 * A filter that looks at one document at a time.
 *
 * @template Text what it reads of one: words, lines and paragraphs are found once for all filters
 */
export interface DocumentFilter<Text> extends FilterWords {
  kind: 'document';
  /** Whether it writes the language of a document, as `languageNumber`, behind the numbers of its measures. */
  tellsLanguage?: true;
  /** Gets what it decides by, before the first document; without it, its numbers are NaN. @throws VitrineError */
  prepare?(material: FilterMaterial): Promise<void>;
  /** What it cannot find, once it is prepared. */
  limit?(): Sentence | undefined;
  /** Writes its numbers from `at` on, one a measure, and what it tells besides; NaN passes every threshold. */
  measure(text: Text, numbers: Float32Array, at: number): void;
  /** Which characters tripped a measure, in the document as it stands in the data set. */
  spans(text: Text, measure: string, threshold: number): Span[];
  /** What filters after it read, where that is less than the whole text. */
  rewrite?(text: Text): Text;
}

/**
 * A filter that finds copies, of which one is kept: it decides once all documents have been read, by a fingerprint of each.
 * Its one number of a document says how like another it is; the first of all has none. Of a cluster the first document stays
 * that the filters before let through; so who decides asks `clustersOf`, with the measure's threshold, and removes what is not
 * the first of its cluster.
 */
export interface CopiesFilter<Text> extends FilterWords {
  kind: 'copies';
  /** Of numbers of 32 bits. */
  readonly fingerprint: FingerprintShape;
  /** Writes a document's fingerprint over zeros, which it leaves where the document can be no copy. */
  addFingerprint(text: Text, numbers: Uint32Array): void;
}

/** A filter whose numbers a model finds, after all others and whenever there is one: NaN until it has. */
export interface ModelFilter extends FilterWords {
  kind: 'model';
}

/** A filter that looks at how a document stands in its data set, before anything of its text. */
export interface EntryFilter extends FilterWords {
  kind: 'entry';
  measure(document: DatasetDocument, numbers: Float32Array, at: number): void;
}

export type Filter<Text> = EntryFilter | DocumentFilter<Text> | CopiesFilter<Text> | ModelFilter;
