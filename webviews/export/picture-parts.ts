const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Controls, halves of characters, and what is none: XML 1.0 cannot hold them, not even written out. */
const IMPOSSIBLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;
const SIDES = ['top', 'right', 'bottom', 'left'] as const;
/** From where to where each border goes, along the middle of it. */
const LINES = {
  top: ({ left, right, top }: DOMRect) => [left, top, right, top],
  right: ({ right, top, bottom }: DOMRect) => [right, top, right, bottom],
  bottom: ({ left, right, bottom }: DOMRect) => [left, bottom, right, bottom],
  left: ({ left, top, bottom }: DOMRect) => [left, top, left, bottom],
};

/** What is drawn so far, where on the page the picture begins, and which part of the page is in view. */
export interface Sheet {
  parts: string[];
  left: number;
  top: number;
  visible: DOMRect;
}

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

/** Text as it stands in XML, in an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** The background, outline and borders of an element, for each line that it is broken into. */
export function drawBox(element: Element, style: CSSStyleDeclaration, sheet: Sheet): void {
  const { parts, left, top } = sheet;
  for (const rect of element.getClientRects()) {
    const place = `x="${rect.left - left}" y="${rect.top - top}" width="${rect.width}" height="${rect.height}"`;
    if (isVisible(style.backgroundColor)) parts.push(`<rect ${place} fill="${style.backgroundColor}"/>`);
    if (style.outlineStyle !== 'none') {
      parts.push(`<rect ${place} fill="none" stroke="${style.outlineColor}" stroke-width="${style.outlineWidth}"/>`);
    }
    for (const side of SIDES) drawBorder(side, style, rect, sheet);
  }
}

function drawBorder(
  side: keyof typeof LINES,
  style: CSSStyleDeclaration,
  rect: DOMRect,
  { parts, left, top }: Sheet,
): void {
  const of = (name: string) => style.getPropertyValue(`border-${side}-${name}`);
  const width = Number.parseFloat(of('width'));
  if (width === 0 || of('style') === 'none' || !isVisible(of('color'))) return;
  const middle = new DOMRect(
    rect.left - left + width / 2,
    rect.top - top + width / 2,
    rect.width - width,
    rect.height - width,
  );
  const [x1, y1, x2, y2] = LINES[side](middle);
  const dashes = { dotted: `${width} ${width}`, dashed: `${3 * width} ${2 * width}` }[of('style')] ?? '';
  parts.push(
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${of('color')}" stroke-width="${width}" stroke-dasharray="${dashes}"/>`,
  );
}

function isVisible(colour: string): boolean {
  return colour !== 'transparent' && !/^rgba\(.*, 0\)$|\/ 0\)$/.test(colour);
}
