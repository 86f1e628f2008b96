import type { Quantity } from '../../display/quantities';

/** What a text is coloured by: what one model says of it, or what two say otherwise than each other. */
export type ColouredBy = Quantity | 'difference';
