import type { InspectorState } from '../../shared/inspector-api';
import type { Inspection, InspectRequest } from './inspection';

/** What the inspector's views show of a text, as they begin. */
export function inspectorState(
  { model, text, trace }: Inspection,
  { select, ablate, attention }: Pick<InspectRequest, 'select' | 'ablate' | 'attention'>,
  title: string,
): InspectorState {
  // Of a text that is longer than the context, the model did not see the beginning.
  const cut = trace.starts[0] ?? 0;
  const { start, end } = select ?? { start: cut, end: text.length };
  const fromCut = (offsets: Uint32Array) => offsets.map((offset) => offset - cut);
  return {
    subject: {
      revision: 1,
      title,
      text: text.slice(cut),
      shown: [{ start: Math.max(0, start - cut), end: end - cut }],
      cut,
      stale: false,
      read: { trace: trace.trace, ids: trace.ids, starts: fromCut(trace.starts), ends: fromCut(trace.ends) },
    },
    model,
    reading: { kind: 'ready' },
    isPinned: true,
    selected: { token: undefined, layer: attention[0]?.layer, head: attention[0]?.head },
    view: 'probabilities',
    masksSink: true,
    hues: {},
    ablated: [...ablate],
    viewRequest: {},
  };
}
