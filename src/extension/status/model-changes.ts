import { formatCount, formatDecimal } from '../../display/numbers';
import type { HeadAddress } from '../../shared/head-address';
import { isSteered, type ReadingChanges, type Steering } from '../../shared/steering';
import type { Translate } from '../translate';

/** What it means that the model is changed, as Markdown. @param change how, as `changesText` says it */
export const changesNote = (change: string, t: Translate): string => `**${change}**: ${t('this changes all numbers')}`;

/** What is changed in the model; undefined where nothing is. */
export function changesText({ ablated, steering }: ReadingChanges, t: Translate): string | undefined {
  const parts = [headsOff(ablated, t), steered(steering, t)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** Which heads are switched off; undefined where none is. */
export function headsOff(ablated: readonly HeadAddress[], t: Translate): string | undefined {
  const [first] = ablated;
  if (!first) return undefined;
  return ablated.length === 1
    ? t('head {0} off', `${first.layer}.${first.head}`)
    : t('{0} heads off', formatCount(ablated.length));
}

/** By what the model is steered; undefined where it is not. */
export function steered(steering: Steering | undefined, t: Translate): string | undefined {
  return isSteered(steering) ? t('steered {0} ×', formatDecimal(steering.coefficient)) : undefined;
}
