import { formatCount, spokenDigits } from '../../../src/display/numbers';
import type { Sampling } from '../../../src/shared/request-fields';
import type { Term } from '../../glossary';
import { t } from '../../l10n';
import type { ViewState } from '../../store/view-state';

export const CONTROL_NAMES = ['temperature', 'topK', 'topP', 'minP'] as const;
export type ControlName = (typeof CONTROL_NAMES)[number];

/** One that is moved by hand, over the values that it can have. */
export interface Control {
  term: Term;
  label: () => string;
  values: readonly number[];
  byDefault: number;
  /** The value at which it cuts nothing. */
  off: number | undefined;
}

const steps = (from: number, to: number, parts: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => (from + i) / parts);

/** Of top-k, 0 stands for all. */
const ALL = 0;
const COUNTS = [12, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000, 5000, 10_000, 20_000];

export const CONTROLS: Readonly<Record<ControlName, Control>> = {
  temperature: {
    term: 'temperature',
    label: () => t('temperature'),
    values: steps(0, 40, 20),
    byDefault: 0.8,
    off: undefined,
  },
  topK: { term: 'topK', label: () => 'top-k', values: [...steps(1, 10, 1), ...COUNTS, ALL], byDefault: ALL, off: ALL },
  topP: { term: 'topP', label: () => 'top-p', values: steps(1, 100, 100), byDefault: 0.95, off: 1 },
  minP: { term: 'minP', label: () => 'min-p', values: steps(0, 100, 100), byDefault: 0, off: 0 },
};

const SEED = 'continue.seed';

export function controlValue(viewState: ViewState, name: ControlName): number {
  return viewState.get(`continue.${name}`, CONTROLS[name].byDefault);
}

export function setControl(viewState: ViewState, name: ControlName, value: number): void {
  viewState.set(`continue.${name}`, value);
}

export function seedOf(viewState: ViewState): number {
  return viewState.get(SEED, 0);
}

export function setSeed(viewState: ViewState, seed: number): void {
  viewState.set(SEED, seed);
}

/** What the controls say, as the engine and the command line take it. */
export function samplingOf(viewState: ViewState): Sampling {
  const cut = (name: ControlName) => {
    const value = controlValue(viewState, name);
    return value === CONTROLS[name].off ? {} : { [name]: value };
  };
  return {
    temperature: controlValue(viewState, 'temperature'),
    ...cut('topK'),
    ...cut('topP'),
    ...cut('minP'),
    seed: seedOf(viewState),
  };
}

export function controlText(name: ControlName, value: number): string {
  if (value === CONTROLS[name].off) return name === 'minP' ? t('off') : t('all');
  return name === 'topK' ? formatCount(value) : spokenDigits(value.toFixed(2));
}
