import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { IGNORED_KEYS } from './ignored-keys';
import { SETTINGS, type Setting } from './setting-names';
import { shownValue } from './shown-value';

export type SettingDefaults = Readonly<Partial<Record<Setting, unknown>>>;

/**
 * What a checkpoint says of its model's shape, in one set of words for every format: those of `config.json`, in camel
 * case. It knows which keys were asked for: one that nobody reads may change the forward pass.
 *
 * What is refused: VitrineError `model.unsupported`.
 */
export class Settings {
  readonly #read = new Set<string>();
  readonly #defaults: SettingDefaults;

  /**
   * @param huggingFace what the family's class of transformers takes where `config.json` lacks a key; null is no lack
   * @param gguf what llama.cpp takes where a GGUF file lacks one
   */
  constructor(
    readonly checkpoint: Checkpoint,
    huggingFace: SettingDefaults = {},
    gguf: SettingDefaults = {},
  ) {
    this.#defaults = { huggingFace, gguf }[checkpoint.format];
  }

  refuse(what: Sentence): never {
    throw new VitrineError(
      'model.unsupported',
      sentence`${this.checkpoint.path}: ${what}. Vitrine would show wrong numbers, so it stops here.`,
    );
  }

  /** The name that the checkpoint gives a setting, for people; where it has none, what it would be called. */
  nameOf(setting: Setting): string {
    const names = SETTINGS[setting][this.checkpoint.format];
    const { metadata, format } = this.checkpoint;
    const name = names.find((name) => metadata.get(name) !== undefined) ?? names[0] ?? setting;
    return format === 'gguf' ? `${metadata.architecture}.${name}` : name;
  }

  value(setting: Setting): unknown {
    const { metadata, format } = this.checkpoint;
    const names = SETTINGS[setting][format];
    for (const name of names) this.#read.add(name);
    const found = names.map((name) => metadata.get(name)).find((value) => value !== undefined);
    const isNull = names.some((name) => metadata.keys.includes(name));
    return found ?? (isNull ? undefined : this.#defaults[setting]);
  }

  optionalNumber(setting: Setting): number | undefined {
    const value = this.value(setting);
    if (value === undefined || typeof value === 'number') return value;
    // Larger than a number holds exactly: what it is held against says that it cannot be.
    if (typeof value === 'bigint') return Number(value);
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)}, which is no number`);
  }

  number(setting: Setting, absent?: number): number {
    const value = this.optionalNumber(setting) ?? absent;
    if (value !== undefined) return value;
    throw new VitrineError(
      'model.settingMissing',
      sentence`${this.checkpoint.path} does not say ${this.nameOf(setting)}, which its architecture needs. Get or convert the model again.`,
    );
  }

  /** A whole number from 1 on. @param absent stands for a key that the checkpoint may lack. */
  count(setting: Setting, absent?: number): number {
    const value = this.number(setting, absent);
    if (Number.isInteger(value) && value > 0) return value;
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)}, which is no positive count`);
  }

  /** A whole number from 1 on, or undefined where the checkpoint has none, or says 0. */
  optionalCount(setting: Setting): number | undefined {
    return (this.optionalNumber(setting) ?? 0) === 0 ? undefined : this.count(setting);
  }

  /** A whole number from 1 on that all layers have, also where a GGUF file lists it of each. */
  countOfLayers(setting: Setting, absent?: number): number {
    const value = this.value(setting);
    const [first, ...others] = ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : [];
    const areAlike = typeof first === 'number' && others.every((other) => other === first);
    return areAlike && Number.isInteger(first) && first > 0 ? first : this.count(setting, absent);
  }

  /** A number above 0. */
  positive(setting: Setting, absent?: number): number {
    const value = this.number(setting, absent);
    if (Number.isFinite(value) && value > 0) return value;
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)}, which is no positive number`);
  }

  /** A number above 0, or undefined where the checkpoint has none, or says 0. */
  optionalPositive(setting: Setting): number | undefined {
    return (this.optionalNumber(setting) ?? 0) === 0 ? undefined : this.positive(setting);
  }

  flag(setting: Setting, absent: boolean): boolean {
    const value = this.value(setting) ?? absent;
    if (typeof value === 'boolean') return value;
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)} instead of true or false`);
  }

  text(setting: Setting): string | undefined {
    const value = this.value(setting);
    if (value === undefined || typeof value === 'string') return value;
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)} instead of a text`);
  }

  list(setting: Setting): unknown[] | undefined {
    const value = this.value(setting);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value;
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    return this.refuse(sentence`${this.nameOf(setting)} is ${shownValue(value)} instead of a list`);
  }

  /** Refuses a setting that has another value than the only one that is implemented. */
  expect(setting: Setting, ...allowed: unknown[]): void {
    const value = this.value(setting);
    if (value === undefined || allowed.includes(value)) return;
    this.refuse(
      sentence`${this.nameOf(setting)} is ${shownValue(value)}, and only ${shownValue(allowed[0])} is implemented`,
    );
  }

  /** Takes keys as read that are about what this model has none of. */
  skip(keys: RegExp): void {
    for (const key of this.checkpoint.metadata.keys) if (keys.test(key)) this.#read.add(key);
  }

  /** Refuses, by name, a key that was not asked for, unless it says nothing about the forward pass or says that something is not used. */
  refuseUnread(): void {
    const { metadata, format } = this.checkpoint;
    for (const key of metadata.keys) {
      if (this.#read.has(key) || IGNORED_KEYS[format].has(key)) continue;
      const value = metadata.get(key);
      if (saysNothing(value)) continue;
      const name = format === 'gguf' ? `${metadata.architecture}.${key}` : key;
      this.refuse(sentence`it has the key ${name}, which this version does not implement`);
    }
  }
}

/** Of a key that nobody asked for: whether it says that something is not used, as `mlp_only_layers: []` does. */
function saysNothing(value: unknown): boolean {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || value === 0 || value === false || isEmpty;
}
