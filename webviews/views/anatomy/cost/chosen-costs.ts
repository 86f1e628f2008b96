import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { ViewStore } from '../../../store/view-store';
import { type Chosen, DEVICES, type Device, PRECISIONS, type Precision } from './costs';

/** A text that is counted where none is inspected, in tokens. */
const USUAL_TOKENS = 512;
/** Bits of a weight in a file's blocks below which they are those of 4 bits, with their scales. */
const FOUR_BITS = 6;

/** The text as it is, on this machine, in the bits that the model runs in. */
export function ownCosts(store: ViewStore, anatomy: ModelAnatomy): Chosen {
  return {
    tokens: store.subject?.read?.ids.length || USUAL_TOKENS,
    batch: 1,
    bits: ownBits(store, anatomy),
    // A file that was recorded has no machine to try.
    device: store.isLive ? 'machine' : 'a100',
  };
}

/** What a person has chosen in place of that. */
export function chosenCosts({ viewState, isLive }: ViewStore, own: Chosen): Chosen {
  const device = viewState.get<string>('cost.device', own.device);
  const bits = viewState.get<number>('cost.bits', own.bits);
  return {
    tokens: viewState.get('cost.tokens', 0) || own.tokens,
    batch: viewState.get('cost.batch', own.batch),
    bits: PRECISIONS.find((each) => each === bits) ?? own.bits,
    device: devicesOf(isLive).find((each) => each === device) ?? own.device,
  };
}

/** @param own a text's own length is not remembered as a choice: the next text has another */
export function chooseCosts({ viewState }: ViewStore, changed: Partial<Chosen>, own: Chosen): void {
  for (const [name, value] of Object.entries(changed)) {
    viewState.set(`cost.${name}`, name === 'tokens' && value === own.tokens ? 0 : value);
  }
}

export const devicesOf = (isLive: boolean): readonly Device[] => DEVICES.filter((name) => isLive || name !== 'machine');

/** In what the model runs: packed weights by the bits that they have in the file. */
function ownBits({ state }: ViewStore, { tensors, parameters }: ModelAnatomy): Precision {
  switch (state.model?.weights) {
    case '4bit':
      return 4;
    case '8bit':
      return 8;
    case 'packed':
      return (8 * tensors.reduce((sum, { bytes }) => sum + bytes, 0)) / parameters < FOUR_BITS ? 4 : 8;
    default:
      return 32;
  }
}
