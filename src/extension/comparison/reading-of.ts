import type { Reading } from '../../shared/inspector-api';
import type { EngineState } from '../engine/engine-host';

/** What a view shows of an engine. */
export function readingOf(state: EngineState): Reading {
  switch (state.kind) {
    case 'off':
      return { kind: 'waiting' };
    case 'unresponsive':
      return readingOf(state.before);
    default:
      return state;
  }
}
