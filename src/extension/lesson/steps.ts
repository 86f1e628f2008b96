import type { Translate } from '../translate';
import { insideSteps } from './inside-steps';
import { modelSteps } from './model-steps';
import { predictionSteps } from './prediction-steps';
import type { LessonStep } from './step';
import { textSteps } from './text-steps';

/** The lesson: from the first concept to the last, in the reader's language. */
export function lessonSteps(t: Translate, language: string): LessonStep[] {
  const isSpanish = language.startsWith('es');
  return [...textSteps, ...predictionSteps, ...insideSteps, ...modelSteps].map((step) => step(t, isSpanish));
}
