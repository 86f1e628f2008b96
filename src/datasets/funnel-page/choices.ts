import type { Sentence } from '../../shared/errors';
import type { Thresholds } from '../../shared/filters-api';
import type { Filter, FilterWords, Measure } from '../filters/filter';

/** What the rules of a preset are called, and what they measure. */
export interface PresetWords {
  name: string;
  title: Sentence;
  why: Sentence;
  filters: readonly Filter<never>[];
  /** Of measures; a rule none of whose measures has one is off. */
  thresholds: Thresholds;
}

/** What a person has chosen of the rules: a preset, and what is another than it has it. */
export class Choices {
  readonly presets: readonly PresetWords[];
  #preset: PresetWords;
  readonly #moved = new Map<string, number>();
  readonly #switched = new Map<string, boolean>();

  /** The first is chosen. */
  constructor(presets: readonly [PresetWords, ...PresetWords[]]) {
    this.presets = presets;
    this.#preset = presets[0];
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

  move(measure: string, threshold: number): void {
    this.#moved.set(measure, threshold);
  }

  switch(rule: string, isOn: boolean): void {
    this.#switched.set(rule, isOn);
  }

  isOn({ name, measures }: FilterWords): boolean {
    return this.#switched.get(name) ?? measures.some((measure) => measure.name in this.#preset.thresholds);
  }

  threshold({ name }: Measure): number | undefined {
    return this.#moved.get(name);
  }

  /** Of the preset; of a rule that it has switched off, the measure's own. */
  presetThreshold({ name, threshold }: Measure): number {
    return this.#preset.thresholds[name] ?? threshold;
  }

  /** Of all rules that are on. */
  get thresholds(): Thresholds {
    const measures = this.#preset.filters.filter((rule) => this.isOn(rule)).flatMap((rule) => rule.measures);
    return Object.fromEntries(
      measures.map((measure) => [measure.name, this.threshold(measure) ?? this.presetThreshold(measure)]),
    );
  }
}
