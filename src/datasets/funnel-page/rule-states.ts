import type { Sentence } from '../../shared/errors';
import type { Decision } from '../../shared/filters-api';
import type { FunnelMeasure, FunnelNeed, FunnelRule } from '../../shared/funnel-page-api';
import type { Filter, Measure } from '../filters/filter';
import type { DocumentText } from '../text/document-text';
import type { Choices } from './choices';

interface Known {
  decision: Decision;
  /** By the names of measures. */
  histograms: ReadonlyMap<string, Uint32Array>;
  /** What a rule lacks. */
  needOf(rule: Filter<DocumentText>): FunnelNeed | undefined;
  text(sentence: Sentence): string;
}

/** The rules of the chosen preset in their order, with what each removes and what is left after it. */
export function ruleStates(choices: Choices, known: Known): FunnelRule[] {
  const { decision, text } = known;
  let place = 0;
  let left = decision.all.documents;
  return choices.preset.filters.map((rule) => {
    const measures = rule.measures.map((measure) =>
      measureState(measure, decision.removed[place++] ?? 0, choices, known),
    );
    const removed = measures.reduce((sum, measure) => sum + measure.removed, 0);
    left -= removed;
    return {
      name: rule.name,
      title: text(rule.title),
      why: text(rule.why),
      isOn: choices.isOn(rule),
      needs: known.needOf(rule),
      removed,
      left,
      measures,
    };
  });
}

function measureState(measure: Measure, removed: number, choices: Choices, { histograms, text }: Known): FunnelMeasure {
  return {
    ...measure,
    title: text(measure.title),
    why: text(measure.why),
    threshold: choices.threshold(measure),
    ownThreshold: choices.ownThreshold(measure),
    removed,
    histogram: histograms.get(measure.name) ?? new Uint32Array(),
  };
}
