import type { ViewName } from '../../shared/inspector-api';
import type { Translate } from '../translate';
import type { LessonModel } from './lesson-model';

/** What is to be seen in the editor, by whomever it was brought about. */
export type Goal =
  | { kind: 'bands' }
  | { kind: 'surprisal' }
  /** A view of the inspector on the step's text, with a token of a word selected: of where it stands last; of Anatomy a section; the button brings a place of it into view. */
  | { kind: 'view'; view: ViewName; word?: string; section?: string; place?: string }
  /** The last token's attention in the head that finds its earlier copy. */
  | { kind: 'inductionHead' }
  /** The lines of the text, each read alone. */
  | { kind: 'texts' }
  | { kind: 'chat' }
  /** The text under the same weights in 8 bits too, as a section of Anatomy compares them. */
  | { kind: 'eightBits' };

/** A question that is answered by looking. */
export interface Question {
  text: string;
  choices: string[];
  /** The place of the right one. */
  right: number;
  /** Where to look, to a person who has chosen another. */
  where: string;
  /** What the right answer means. */
  because: string;
}

/** One screen of the product, on a prepared text. Texts are in the reader's language. */
export interface LessonStep {
  /** By which what was done is remembered. */
  id: string;
  title: string;
  sentence: string;
  /** A file under examples/lesson. */
  file: string;
  task: { text: string; button: string; goal: Goal };
  /** @param text of the file @throws VitrineError where the model in use cannot be asked that */
  ask(model: LessonModel, text: string): Promise<Question>;
}

/** A step in the reader's language, with the texts that the model that comes with Vitrine gets right in it. */
export type MakeStep = (t: Translate, isSpanish: boolean) => LessonStep;

/** Choices in a given order, of which one is right; what stands there twice stands there once. */
export function choicesOf(right: string, others: readonly string[], order?: (one: string, other: string) => number) {
  const choices = [...new Set([right, ...others])];
  choices.sort(order ?? ((one, other) => one.localeCompare(other)));
  return { choices, right: choices.indexOf(right) };
}

/** The same of numbers, the smallest first. */
export function numbersOf(right: number, others: readonly number[], write: (value: number) => string) {
  const numbers = [...new Set([right, ...others])].sort((one, other) => one - other);
  return { choices: numbers.map(write), right: numbers.indexOf(right) };
}

/** The lines of a text that are texts themselves. */
export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
