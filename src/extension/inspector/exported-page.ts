import * as v from 'valibot';
import { exportedState } from '../../inspector';
import type { RenderedChat } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import { VIEWS } from '../../shared/inspector-api';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const span = v.object({ start: index, end: index });
const part = v.object({
  ...span.entries,
  role: v.optional(v.string()),
  message: v.optional(index),
  kind: v.picklist(['template', 'content']),
  isScored: v.boolean(),
});
const offsets = v.object({ $array: v.literal('Uint32Array'), base64: v.string() });

/** Of an exported page what it takes to open it as a session: its other parts are not looked at. */
const stateSchema = v.object({
  subject: v.object({
    text: v.string(),
    shown: v.array(span),
    read: v.object({ starts: offsets, ends: offsets }),
    chat: v.optional(v.object({ parts: v.array(part) })),
  }),
  model: v.object({ name: v.string(), sha256: v.string() }),
  selected: v.object({ token: v.optional(index), layer: v.optional(index), head: v.optional(index) }),
  view: v.picklist(VIEWS),
  ablated: v.array(v.object({ layer: index, head: index })),
  comparison: v.optional(v.object({ b: v.object({ label: v.string() }) })),
});
type State = v.InferOutput<typeof stateSchema>;

/** What somebody looked at when a page was saved. */
export interface ExportedSession extends Pick<State, 'model' | 'view' | 'ablated' | 'selected'> {
  text: string;
  shown: State['subject']['shown'];
  /** Where the text is a chat as a model reads it, what of it is whose. */
  parts: RenderedChat['parts'] | undefined;
  /** Where in the text the selected token begins. */
  select: number | undefined;
  /** What the text was compared with is called. */
  comparedWith: string | undefined;
}

/** @throws VitrineError `page.foreign` where a file is no page that Vitrine saved */
export function readExportedPage(name: string, html: string): ExportedSession {
  const { success, output } = v.safeParse(stateSchema, exportedState(html));
  if (!success) {
    throw new VitrineError(
      'page.foreign',
      sentence`${name} is no page that Vitrine saved, or it is damaged. Choose one that Export, The whole inspector, or vitrine inspect --html has written.`,
    );
  }
  const { subject, comparison, ...state } = output;
  const { token } = state.selected;
  return {
    ...state,
    text: subject.text,
    shown: subject.shown,
    parts: subject.chat?.parts.map(({ role, message, ...rest }) => ({ ...rest, role, message })),
    comparedWith: comparison?.b.label,
    select: token === undefined ? undefined : numbersOf(subject.read.starts)[token],
  };
}

/** In the order of all machines of browsers: the lowest byte first. */
function numbersOf({ base64 }: v.InferOutput<typeof offsets>): Uint32Array {
  const { buffer } = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / Uint32Array.BYTES_PER_ELEMENT));
}
