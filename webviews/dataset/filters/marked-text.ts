import { css, html, type TemplateResult } from 'lit';
import type { Span } from '../../../src/shared/filters-api';

/** Places in their order, without those that lie within others: what is marked twice is one mark. */
export function disjoint(spans: readonly Span[]): Span[] {
  const places: Span[] = [];
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    places.push({ start: from, end });
    at = end;
  }
  return places;
}

/** A text with some of its characters marked, as it stands in its document. Spans may touch and overlap. */
export function markedText(text: string, spans: readonly Span[]): TemplateResult {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const { start, end } of disjoint(spans)) {
    parts.push(text.slice(at, start), html`<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  parts.push(text.slice(at));
  return html`<div class="marked">${parts}</div>`;
}

export const markedStyles = css`
  .marked { font-family: var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
  mark { color: inherit; background: var(--vscode-editor-findMatchHighlightBackground, transparent); text-decoration: underline 2px; text-underline-offset: 3px; }
  mark.current { outline: 2px solid var(--accent); }
`;
