import type { Screen } from '../output';
import { ablationView } from './ablation-view';
import { attentionView } from './attention-view';
import { continuationView } from './continuation-view';
import { headsView } from './heads-view';
import type { Inspection, InspectRequest } from './inspection';
import { lensView } from './lens-view';
import { summaryLines } from './summary';
import { tokenTable } from './table';

/** The inspection for people: the table, its summary, and what else was asked for. */
export function inspectionLines(inspection: Inspection, { ablate }: InspectRequest, screen: Screen): string[] {
  const { tokens, text, unablated, attention = [], heads, lens, continuation } = inspection;
  const sections = [
    tokenTable(tokens, screen),
    summaryLines(inspection, screen.width),
    unablated && ablationView(ablate, tokens, unablated, text, screen),
    ...attention.map((pattern) => attentionView(pattern, tokens, screen)),
    heads && headsView(heads, screen),
    lens && lensView(lens, tokens, screen),
    continuation && continuationView(continuation, screen),
  ];
  return sections.flatMap((section, index) => (section ? [...(index > 0 ? [''] : []), ...section] : []));
}
