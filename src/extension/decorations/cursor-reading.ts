import type * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { Reading } from '../readings/reading';
import type { Services } from '../services';
import { settings } from '../settings';
import type { CutNotice } from './cut-notice';
import { withLateProgress } from './late-progress';
import { partOfDocument } from './seen-part';
import { visiblePart } from './visible';

/** Who wants a document read around its cursor. */
interface CursorReader {
  /** Whether a reading has what is at the cursor. */
  covers(editor: vscode.TextEditor, reading: Reading): boolean;
  /** Whether it is still wanted: meanwhile it may have been switched off. */
  isOn(): boolean;
  /** A person has cancelled the reading. */
  cancelled(): void;
}

/** What is known already where it has what is at the cursor, or a new reading of what is seen of the text. */
export async function readingAtCursor(
  services: Services,
  editor: vscode.TextEditor,
  cutNotice: CutNotice,
  reader: CursorReader,
): Promise<Reading | undefined> {
  const { readings } = services;
  const { document, selection } = editor;
  const known = readings.get(document);
  if (known && !known.stale && reader.covers(editor, known.reading)) return known.reading;
  const { start, end } = visiblePart(document);
  const cursor = document.offsetAt(selection.active);
  const seen = { start: Math.min(start, cursor), end: Math.max(end, cursor) };
  const reading = await withLateProgress(
    services,
    document,
    () => read(services, document, seen, () => reader.isOn()),
    () => {
      readings.cancel(document);
      reader.cancelled();
    },
  );
  if (reading) cutNotice.tell(document, reading);
  return reading;
}

async function read(
  services: Services,
  document: vscode.TextDocument,
  seen: Span,
  isOn: () => boolean,
): Promise<Reading | undefined> {
  const before = settings.contextBefore() ?? Number.POSITIVE_INFINITY;
  const part = await partOfDocument(services, document, seen, before);
  if (!isOn()) return undefined;
  return services.readings.read(document, { shown: [part.shown], seen: seen.end, from: part.start });
}
