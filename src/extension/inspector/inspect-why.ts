import type { Decorations } from '../decorations/decorations';
import { offsetOf } from '../decorations/why-place';
import type { Inspector } from './inspector';
import { Target } from './target';
import { inspectToken } from './token-links';

/** Opens the view that says more of what is painted in the text: why a token; where nothing is, of the token at the cursor. */
export async function inspectWhy(inspector: Inspector, decorations: Decorations, open: () => void): Promise<void> {
  const { inspection, lastEditor, store } = inspector;
  const editor = lastEditor.get();
  const { document, selection } = editor;
  const painted = decorations.whyIn(document);
  const isNext = painted?.position === painted?.part.ids.length;
  const start = painted
    ? offsetOf({ part: painted.part, index: painted.position })
    : document.offsetAt(selection.active);
  if (painted && isNext) {
    inspector.show('why', {});
    open();
    await inspection.inspect(Target.with(editor, start - 1), undefined);
  } else {
    await inspectToken(inspector, { view: 'why', uri: document.uri.toString(), start }, open);
  }
  const { subject, selected } = store.state;
  const position = isNext ? subject?.read?.ids.length : selected.token;
  if (!painted?.answer || position === undefined) return;
  const { token, against } = painted.answer.why;
  // A page that is still loading finds it when it starts.
  store.change({ viewRequest: { why: { position, token, against } } });
}
