import type { Thresholds } from '../../shared/filters-api';
import type { Measure } from '../filters/filter';
import { funnelRules } from '../funnel/rules';
import { PRESETS, type Preset, type PresetRule } from '../presets';

/** What is another than a preset has it; a threshold that is null is off. */
interface SavedChanges {
  moved: [measure: string, threshold: number | null][];
  off: string[];
}

/** As it is kept while a data set is closed. */
export interface SavedChoices {
  preset: string;
  /** By the names of presets. */
  changes: Record<string, SavedChanges>;
  /** The path of a file. */
  questions?: string | undefined;
}

interface Changes {
  moved: Map<string, number | undefined>;
  off: Set<string>;
}

/** What a person has chosen of the rules: a preset, of each preset what is another than it has it, and a file of test questions. */
export class Choices {
  #preset = PRESETS[0] as Preset;
  #rules = funnelRules(this.#preset.name);
  readonly #changes = new Map<string, Changes>();
  #questions: string | undefined;

  /** @param saved what was chosen before; what is no longer known of it does nothing */
  constructor(saved?: SavedChoices) {
    for (const [preset, { moved, off }] of Object.entries(saved?.changes ?? {})) {
      const thresholds = moved.map(([measure, threshold]) => [measure, threshold ?? undefined] as const);
      this.#changes.set(preset, { moved: new Map(thresholds), off: new Set(off) });
    }
    if (saved) this.choose(saved.preset);
    this.#questions = saved?.questions;
  }

  get saved(): SavedChoices {
    const changes = Array.from(this.#changes, ([preset, { moved, off }]): [string, SavedChanges] => [
      preset,
      { moved: Array.from(moved, ([measure, threshold]) => [measure, threshold ?? null]), off: [...off] },
    ]);
    return { preset: this.#preset.name, changes: Object.fromEntries(changes), questions: this.#questions };
  }

  /** The file of test questions that documents should not contain. */
  get questions(): string | undefined {
    return this.#questions;
  }

  useQuestions(path: string | undefined): void {
    this.#questions = path;
  }

  get preset(): Preset {
    return this.#preset;
  }

  /** In the order in which they decide. */
  get rules(): readonly PresetRule[] {
    return this.#rules;
  }

  /** As it was left. */
  choose(name: string): void {
    this.#preset = PRESETS.find((preset) => preset.name === name) ?? this.#preset;
    this.#rules = funnelRules(this.#preset.name);
  }

  /** Whether a rule decides in another way than the preset has it. */
  isChanged(rule: PresetRule): boolean {
    const isOn = this.isOn(rule);
    return rule.filter.measures.some(
      (measure) => (isOn ? this.threshold(measure, rule) : undefined) !== rule.thresholds[measure.name],
    );
  }

  /** Has all of the preset's again. */
  reset(): void {
    this.#changes.delete(this.#preset.name);
  }

  /** @param threshold undefined where the measure is turned off */
  move(measure: string, threshold: number | undefined): void {
    this.#own.moved.set(measure, threshold);
  }

  /** Of a rule that the preset has off, all measures come on. */
  switch(name: string, isOn: boolean): void {
    const { off } = this.#own;
    if (!isOn) off.add(name);
    else off.delete(name);
    const rule = this.#rules.find(({ filter }) => filter.name === name);
    if (!rule || !isOn || this.isOn(rule)) return;
    for (const measure of rule.filter.measures) this.move(measure.name, measure.threshold);
  }

  isOn(rule: PresetRule): boolean {
    const { name, measures } = rule.filter;
    return !this.#own.off.has(name) && measures.some((measure) => this.threshold(measure, rule) !== undefined);
  }

  /** Undefined where it is off. */
  threshold({ name }: Measure, { thresholds }: PresetRule): number | undefined {
    const { moved } = this.#own;
    return moved.has(name) ? moved.get(name) : thresholds[name];
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

  /** Of the preset that is chosen. */
  get #own(): Changes {
    const { name } = this.#preset;
    const own = this.#changes.get(name) ?? { moved: new Map(), off: new Set() };
    this.#changes.set(name, own);
    return own;
  }
}
