import type { ViewName } from '../../../src/shared/inspector-api';

/** What is there of a view with a selected token once the engine has answered. */
export const WHOLE: Readonly<Record<ViewName, string>> = {
  tokens: 'vt-token-card dl',
  numbers: 'vt-number-map canvas',
  probabilities: 'vt-expected-tokens button',
  attention: 'vt-head-grid canvas',
  layers: 'vt-layer-chart svg',
  why: 'vt-why-waterfall [data-layer]',
  continue: 'vt-sampling-bars button',
  compare: 'vt-cumulative-chart svg',
  difference: 'vt-place-difference table, vt-nothing-compared',
  anatomy: 'vt-model-drawing [data-layer]',
};
