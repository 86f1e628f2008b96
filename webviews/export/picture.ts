import { escapeXml } from './escape-xml';

/** Device pixels of a PNG for each CSS pixel. */
const PNG_SCALE = 2;

/** What is drawn so far, and where on the page the picture begins. */
interface Sheet {
  parts: string[];
  left: number;
  top: number;
}

/**
 * A part of the page as a picture that stands alone: backgrounds, borders, text, drawings and canvases where the browser
 * has put them, in the colours of the theme. Controls are left out: nobody can use them in a picture.
 */
export function pictureOf(element: Element): string {
  const { left, top, width, height } = element.getBoundingClientRect();
  const sheet: Sheet = { parts: [], left, top };
  draw(element, sheet);
  const background = getComputedStyle(document.body).backgroundColor;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${background}"/>`,
    ...sheet.parts,
    '</svg>',
  ].join('\n');
}

/** The same as pixels. @throws Error where the browser cannot draw it */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no picture.');
  return new Uint8Array(await blob.arrayBuffer());
}

function draw(element: Element, sheet: Sheet): void {
  const style = getComputedStyle(element);
  if (!isSeen(element, style) || isControl(element)) return;
  if (element instanceof SVGSVGElement) drawSvg(element, sheet);
  else if (element instanceof HTMLCanvasElement) drawCanvas(element, sheet);
  else drawContent(element, style, sheet);
}

function drawContent(element: Element, style: CSSStyleDeclaration, sheet: Sheet): void {
  drawBox(element, style, sheet);
  for (const child of childrenOf(element)) {
    if (child instanceof Element) draw(child, sheet);
    else if (child instanceof Text) drawText(child, style, sheet);
  }
}

/** What is folded away or hidden is not in the picture, nor what is there for screen readers only. */
function isSeen(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.display === 'contents' || (element.checkVisibility({ visibilityProperty: true }) && style.clipPath === 'none')
  );
}

function isControl(element: Element): boolean {
  return element.tagName.startsWith('VSCODE-') || element.matches('[popover], input, .no-picture');
}

/** The nodes that the browser draws: the shadow tree's, and in a slot what is assigned to it. */
function childrenOf(element: Element): Iterable<Node> {
  if (element instanceof HTMLSlotElement && element.assignedNodes().length > 0) return element.assignedNodes();
  return (element.shadowRoot ?? element).childNodes;
}

function drawBox(element: Element, style: CSSStyleDeclaration, { parts, left, top }: Sheet): void {
  for (const rect of element.getClientRects()) {
    const place = `x="${rect.left - left}" y="${rect.top - top}" width="${rect.width}" height="${rect.height}"`;
    if (isVisible(style.backgroundColor)) parts.push(`<rect ${place} fill="${style.backgroundColor}"/>`);
    if (style.outlineStyle !== 'none') {
      parts.push(`<rect ${place} fill="none" stroke="${style.outlineColor}" stroke-width="${style.outlineWidth}"/>`);
    }
    const width = Number.parseFloat(style.borderBottomWidth);
    if (width > 0 && style.borderBottomStyle !== 'none' && isVisible(style.borderBottomColor)) {
      const y = rect.bottom - top - width / 2;
      const dashes =
        { dotted: `${width} ${width}`, dashed: `${3 * width} ${2 * width}` }[style.borderBottomStyle] ?? '';
      parts.push(
        `<line x1="${rect.left - left}" x2="${rect.right - left}" y1="${y}" y2="${y}" stroke="${style.borderBottomColor}" stroke-width="${width}" stroke-dasharray="${dashes}"/>`,
      );
    }
  }
}

/** A text, line by line as it is broken. */
function drawText(text: Text, style: CSSStyleDeclaration, { parts, left, top }: Sheet): void {
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

function drawCanvas(canvas: HTMLCanvasElement, { parts, left, top }: Sheet): void {
  const rect = canvas.getBoundingClientRect();
  const pixelated =
    getComputedStyle(canvas).imageRendering === 'pixelated' ? ' style="image-rendering: pixelated"' : '';
  parts.push(
    `<image x="${rect.left - left}" y="${rect.top - top}" width="${rect.width}" height="${rect.height}" href="${canvas.toDataURL()}"${pixelated}/>`,
  );
}

const DRAWN = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
];

/** A drawing with the styles that its stylesheet gave it. */
function drawSvg(svg: SVGSVGElement, { parts, left, top }: Sheet): void {
  const rect = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = copy.querySelectorAll('*');
  for (const [i, element] of svg.querySelectorAll('*').entries()) {
    const style = getComputedStyle(element);
    for (const name of DRAWN) copies[i]?.setAttribute(name, style.getPropertyValue(name));
    copies[i]?.removeAttribute('class');
  }
  copy.setAttribute('x', `${rect.left - left}`);
  copy.setAttribute('y', `${rect.top - top}`);
  copy.setAttribute('width', `${rect.width}`);
  copy.setAttribute('height', `${rect.height}`);
  parts.push(new XMLSerializer().serializeToString(copy).replace(/<!--.*?-->/g, ''));
}

function isVisible(colour: string): boolean {
  return colour !== 'transparent' && !/, 0\)$|\/ 0\)$/.test(colour);
}
