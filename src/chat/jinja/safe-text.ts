import { concat, Text } from './text';

/** What `safe` gives: as Python's `Markup`, it escapes what is added to it for HTML. */
export class SafeText extends Text {}

export const safe = ({ value, marks }: Text): SafeText => new SafeText(value, marks);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };

export function escapeHtml(text: Text): Text {
  if (text instanceof SafeText) return text;
  return text.replaced(text.value.replace(/[&<>'"]/g, (char) => ENTITIES[char] as string));
}

export function add(a: Text, b: Text): Text {
  if (a instanceof SafeText || b instanceof SafeText) return safe(concat([escapeHtml(a), escapeHtml(b)]));
  return concat([a, b]);
}
