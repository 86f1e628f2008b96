import type { Funnel } from '../../datasets/funnel/funnel-api';
import type { RejectedDocument } from '../../shared/filters-api';
import type { FunnelRow } from './funnel-rows';

/** Of each measure. */
const EXAMPLES = 3;

/** A document that was removed, and of one that is nearly the same as another the other. */
export interface Example {
  document: RejectedDocument;
  copyOf: { index: number; text: string; alike: number } | undefined;
}

/** The most extreme of the documents that each measure removes, by its name. */
export async function findExamples(funnel: Funnel, rows: readonly FunnelRow[]): Promise<Map<string, Example[]>> {
  const examples = new Map<string, Example[]>();
  for (const { measure, removed } of rows.flatMap(({ measures }) => measures)) {
    if (removed > 0) examples.set(measure.name, await examplesOf(funnel, measure.name));
  }
  return examples;
}

async function examplesOf(funnel: Funnel, measure: string): Promise<Example[]> {
  const examples: Example[] = [];
  for (const { index } of await funnel.removed({ measures: [measure], from: 0, count: EXAMPLES })) {
    const document = await funnel.rejectedDocument({ index });
    if (document) examples.push({ document, copyOf: await copyOf(funnel, index, measure) });
  }
  return examples;
}

async function copyOf(funnel: Funnel, index: number, measure: string): Promise<Example['copyOf']> {
  const { kept, members } = await funnel.cluster({ index, measure });
  if (kept === index) return undefined;
  const [text = ''] = await funnel.texts({ indexes: [kept] });
  return { index: kept, text, alike: members.length };
}
