import type { Sentence } from '../../shared/errors';
import type { Decision } from '../../shared/filters-api';
import type { FunnelMeasure, FunnelNeed, FunnelRule } from '../../shared/funnel-page-api';
import type { TaskProgress } from '../../shared/progress';
import type { Measure } from '../filters/filter';
import type { PresetRule } from '../presets';
import type { Choices } from './choices';

interface Known {
  decision: Decision;
  /** By the names of measures. */
  histograms: ReadonlyMap<string, Uint32Array>;
  /** What a rule lacks. */
  needOf(rule: PresetRule): FunnelNeed | undefined;
  /** How far a model is. */
  reading: TaskProgress | undefined;
  text(sentence: Sentence): string;
}

/** The rules of the chosen preset in their order, with what each removes and what is left after it. */
export function ruleStates(choices: Choices, known: Known): FunnelRule[] {
  const { decision, text, needOf, reading } = known;
  let place = 0;
  let left = decision.all.documents;
  return choices.rules.map((rule) => {
    const { filter, why } = rule;
    const measures = filter.measures.map((measure) =>
      measureState(measure, rule, decision.removed[place++] ?? 0, choices, known),
    );
    const removed = measures.reduce((sum, measure) => sum + measure.removed, 0);
    left -= removed;
    return {
      name: filter.name,
      title: text(filter.title),
      why: text(filter.why),
      note: text(why),
      isOn: choices.isOn(rule),
      isChanged: choices.isChanged(rule),
      findsCopies: filter.kind === 'copies',
      needs: needOf(rule),
      reading: filter.kind === 'model' ? reading : undefined,
      removed,
      left,
      measures,
    };
  });
}

function measureState(
  measure: Measure,
  rule: PresetRule,
  removed: number,
  choices: Choices,
  { histograms, text }: Known,
): FunnelMeasure {
  return {
    ...measure,
    title: text(measure.title),
    why: text(measure.why),
    threshold: choices.threshold(measure, rule),
    ownThreshold: rule.thresholds[measure.name] ?? measure.threshold,
    removed,
    histogram: histograms.get(measure.name) ?? new Uint32Array(),
  };
}
