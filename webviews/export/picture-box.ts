import type { Sheet } from './sheet';

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** From where to where each border goes, along the middle of it. */
const LINES = {
  top: ({ left, right, top }: DOMRect) => [left, top, right, top],
  right: ({ right, top, bottom }: DOMRect) => [right, top, right, bottom],
  bottom: ({ left, right, bottom }: DOMRect) => [left, bottom, right, bottom],
  left: ({ left, top, bottom }: DOMRect) => [left, top, left, bottom],
};

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
  return colour !== 'transparent' && !/, 0\)$|\/ 0\)$/.test(colour);
}
