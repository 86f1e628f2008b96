import type { Funnel } from '../../datasets/funnel/funnel-api';
import type { Decision } from '../../shared/filters-api';
import { stream } from '../output';

/** Asked for at once: their characters are looked for in the document, which is read for that. */
const BATCH = 256;

/** Prints a `FilterReport`, which may be longer than the memory should hold: a line for each document. */
export async function printReport(funnel: Funnel, { all, kept }: Decision): Promise<void> {
  await stream([`{"documents":${all.documents},"kept":${kept.documents},"rejected":[`]);
  let separator = '\n';
  for (let from = 0; ; ) {
    const rejected = await funnel.rejected({ from, count: BATCH });
    const last = rejected.at(-1);
    if (!last) break;
    await stream([separator, rejected.map((one) => JSON.stringify(one)).join(',\n')]);
    separator = ',\n';
    from = last.index + 1;
  }
  await stream(['\n]}\n']);
}
