import { escapeXml } from './escape-xml';
import type { Sheet } from './sheet';

/** A text, line by line as it is broken. */
export function drawText(text: Text, style: CSSStyleDeclaration, { parts, left, top }: Sheet): void {
  for (const { content, rect } of linesOf(text)) {
    const size = Number.parseFloat(style.fontSize);
    // Alphabetic baselines stand about a fifth of the size above the bottom of the line's own box.
    const y = rect.top - top + rect.height / 2 + 0.35 * size;
    parts.push(
      `<text x="${rect.left - left}" y="${y}" textLength="${rect.width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" font-family="${escapeXml(style.fontFamily)}" font-size="${size}" font-weight="${style.fontWeight}" fill="${style.color}">${escapeXml(content)}</text>`,
    );
  }
}

function linesOf(text: Text): { content: string; rect: DOMRect }[] {
  const lines: { content: string; rect: DOMRect }[] = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text.data) {
    range.setStart(text, offset);
    range.setEnd(text, offset + character.length);
    offset += character.length;
    const rect = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (rect.width === 0) continue;
    if (last && Math.abs(last.rect.top - rect.top) < 1 && rect.left >= last.rect.right - 1) {
      last.content += character;
      last.rect = new DOMRect(last.rect.left, last.rect.top, rect.right - last.rect.left, last.rect.height);
    } else lines.push({ content: character, rect });
  }
  return lines.filter(({ content }) => content.trim() !== '');
}
