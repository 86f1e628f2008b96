import type { Precision as Form } from '../../../../src/anatomy/precision';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { ViewStore } from '../../../store/view-store';
import { precisionOf } from '../precision/forms';
import { type Chosen, DEVICES, type Device, PRECISIONS, type Precision, weightsIn } from './costs';

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

/** Bytes of all weights: those of the file, where the model runs on its blocks, or else what the bits make of them. */
export function weightsBytesOf(store: ViewStore, anatomy: ModelAnatomy, bits: Precision): number {
  const isOfFile = store.state.model?.weights === 'packed' && bits === ownBits(store, anatomy);
  return isOfFile ? fileBytes(anatomy) : weightsIn(anatomy, bits);
}

const fileBytes = ({ tensors }: ModelAnatomy) => tensors.reduce((sum, { bytes }) => sum + bytes, 0);

const BITS: Readonly<Record<Form, Precision>> = { float32: 32, bf16: 16, fp16: 16, q8_0: 8, q4_0: 4 };

/** In what the model runs: weights as in the file by the bits that they have there. */
function ownBits({ state }: ViewStore, anatomy: ModelAnatomy): Precision {
  const form = state.model && precisionOf(state.model);
  if (form !== undefined) return BITS[form];
  return (8 * fileBytes(anatomy)) / anatomy.parameters < FOUR_BITS ? 4 : 8;
}
