const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Controls, halves of characters, and what is none: XML 1.0 cannot hold them, not even written out. */
const IMPOSSIBLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** Text as it stands in XML, in an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
