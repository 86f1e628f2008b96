import type { Sentence } from '../../shared/errors';
import type { Thresholds } from '../../shared/filters-api';
import type { Filter, FilterWords, Measure } from '../filters/filter';
import type { DocumentText } from '../text/document-text';

/** What the rules of a preset are called, and what they measure. */
export interface PresetWords {
  name: string;
  title: Sentence;
  why: Sentence;
  filters: readonly Filter<DocumentText>[];
  /** Of measures; a rule none of whose measures has one is off. */
  thresholds: Thresholds;
}

/** What a person has chosen of the rules: a preset, and what is another than it has it. */
export class Choices {
  readonly presets: readonly PresetWords[];
  #preset: PresetWords;
  readonly #moved = new Map<string, number | undefined>();
  readonly #switched = new Map<string, boolean>();

  /** @param presets of which the first is chosen */
  constructor(presets: readonly PresetWords[]) {
    this.presets = presets;
    this.#preset = presets[0] as PresetWords;
  }

  get preset(): PresetWords {
    return this.#preset;
  }

  /** With its own thresholds. */
  choose(name: string): void {
    this.#preset = this.presets.find((preset) => preset.name === name) ?? this.#preset;
    this.#moved.clear();
    this.#switched.clear();
  }

  move(measure: string, threshold: number | undefined): void {
    this.#moved.set(measure, threshold);
  }

  switch(rule: string, isOn: boolean): void {
    this.#switched.set(rule, isOn);
    const filter = this.#preset.filters.find(({ name }) => name === rule);
    if (isOn && filter) this.#comesOn(filter);
  }

  isOn({ name, measures }: FilterWords): boolean {
    return this.#switched.get(name) ?? measures.some((measure) => measure.name in this.#preset.thresholds);
  }

  /** Undefined where it is off. */
  threshold({ name }: Measure): number | undefined {
    return this.#moved.has(name) ? this.#moved.get(name) : this.#preset.thresholds[name];
  }

  /** Of the preset; of a measure that it has off, the measure's own. */
  ownThreshold({ name, threshold }: Measure): number {
    return this.#preset.thresholds[name] ?? threshold;
  }

  /** Of all rules and measures that are on. */
  get thresholds(): Thresholds {
    const measures = this.#preset.filters.filter((rule) => this.isOn(rule)).flatMap((rule) => rule.measures);
    const thresholds: Record<string, number> = {};
    for (const measure of measures) {
      const threshold = this.threshold(measure);
      if (threshold !== undefined) thresholds[measure.name] = threshold;
    }
    return thresholds;
  }

  /** Measures that a preset has off are on then, where all of the rule's are. */
  #comesOn({ measures }: FilterWords): void {
    const isOff = measures.every((measure) => this.threshold(measure) === undefined);
    for (const measure of measures) if (isOff) this.#moved.set(measure.name, measure.threshold);
  }
}
