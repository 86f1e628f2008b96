const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in a page; halves of characters and controls, but for tabs and line breaks, have no place there. */
export function escapeHtml(text: string): string {
  return text
    .replace(/\p{Cs}|[^\P{Cc}\n\t]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
