import { escapeHtml } from '../../display/escape-html';
import type { Span } from '../../shared/filters-api';

/** Of a document, in UTF-16 units. */
const LONGEST = 1200;
/** Before the first mark. */
const BEFORE = 200;

/** A part of a text as HTML, from shortly before the first span on, with spans marked. */
export function excerpt(text: string, spans: readonly Span[]): string {
  const from = Math.max(0, Math.min((spans[0]?.start ?? 0) - BEFORE, text.length - LONGEST));
  const to = Math.min(text.length, from + LONGEST);
  let html = from > 0 ? '…' : '';
  let at = from;
  for (const { start, end } of spans) {
    const [first, last] = [Math.max(at, start), Math.min(to, end)];
    if (first >= last) continue;
    html += `${escapeHtml(text.slice(at, first))}<mark>${escapeHtml(text.slice(first, last))}</mark>`;
    at = last;
  }
  return `${html}${escapeHtml(text.slice(at, to))}${to < text.length ? '…' : ''}`;
}
