import type { Thresholds } from '../../shared/filters-api';
import type { FilterWords, Measure } from '../filters/filter';
import { funnelRules } from '../funnel/rules';
import { PRESETS, type Preset, type PresetRule } from '../presets';

/** As it is kept while a data set is closed; a threshold that is null is off. */
export interface SavedChoices {
  preset: string;
  moved: [measure: string, threshold: number | null][];
  off: string[];
}

/** What a person has chosen of the rules: a preset, and what is another than it has it. */
export class Choices {
  #preset = PRESETS[0] as Preset;
  #rules = funnelRules(this.#preset.name);
  readonly #moved = new Map<string, number | undefined>();
  readonly #off = new Set<string>();

  /** @param saved what was chosen before; what is no longer known of it does nothing */
  constructor(saved?: SavedChoices) {
    if (!saved) return;
    this.choose(saved.preset);
    for (const [measure, threshold] of saved.moved) this.move(measure, threshold ?? undefined);
    for (const rule of saved.off) this.#off.add(rule);
  }

  get saved(): SavedChoices {
    return {
      preset: this.#preset.name,
      moved: Array.from(this.#moved, ([measure, threshold]) => [measure, threshold ?? null]),
      off: [...this.#off],
    };
  }

  get preset(): Preset {
    return this.#preset;
  }

  /** In the order in which they decide. */
  get rules(): readonly PresetRule[] {
    return this.#rules;
  }

  /** With its own thresholds. */
  choose(name: string): void {
    this.#preset = PRESETS.find((preset) => preset.name === name) ?? this.#preset;
    this.#rules = funnelRules(this.#preset.name);
    this.#moved.clear();
    this.#off.clear();
  }

  /** @param threshold undefined where the measure is turned off */
  move(measure: string, threshold: number | undefined): void {
    this.#moved.set(measure, threshold);
  }

  /** Of a rule that the preset has off, all measures come on. */
  switch(name: string, isOn: boolean): void {
    if (!isOn) this.#off.add(name);
    else this.#off.delete(name);
    const rule = this.#rules.find(({ filter }) => filter.name === name);
    if (!rule || !isOn || this.isOn(rule)) return;
    for (const measure of rule.filter.measures) this.move(measure.name, measure.threshold);
  }

  isOn(rule: PresetRule): boolean {
    const { name, measures } = rule.filter;
    return !this.#off.has(name) && measures.some((measure) => this.threshold(measure, rule) !== undefined);
  }

  /** Undefined where it is off. */
  threshold({ name }: Measure, { thresholds }: PresetRule): number | undefined {
    return this.#moved.has(name) ? this.#moved.get(name) : thresholds[name];
  }

  /** Of all rules and measures that are on. */
  get thresholds(): Thresholds {
    const thresholds: Record<string, number> = {};
    for (const rule of this.#rules.filter((rule) => this.isOn(rule))) {
      for (const measure of rule.filter.measures) {
        const threshold = this.threshold(measure, rule);
        if (threshold !== undefined) thresholds[measure.name] = threshold;
      }
    }
    return thresholds;
  }

  /** The rule that has a measure. */
  ruleOf(measure: string): FilterWords | undefined {
    return this.#rules.find(({ filter }) => filter.measures.some(({ name }) => name === measure))?.filter;
  }
}
