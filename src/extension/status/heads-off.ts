import { formatCount } from '../../display/numbers';
import type { HeadAddress } from '../../shared/head-address';
import type { Translate } from '../translate';

/** What it means that heads are off, as Markdown. @param off which, as `headsOff` says it */
export const headsOffNote = (off: string, t: Translate): string => `**${off}**: ${t('this changes all numbers')}`;

/** Which heads are switched off; undefined where none is. */
export function headsOff(ablated: readonly HeadAddress[], t: Translate): string | undefined {
  const [first] = ablated;
  if (!first) return undefined;
  return ablated.length === 1
    ? t('head {0} off', `${first.layer}.${first.head}`)
    : t('{0} heads off', formatCount(ablated.length));
}
