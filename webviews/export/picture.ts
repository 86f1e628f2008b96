import type { Sheet } from './picture-parts';
import { drawBox, drawText, escapeXml } from './picture-parts';
import { withText } from './png-text';

/** What is said of a picture to who cannot see it, and to who asks where it is from. */
export interface Legend {
  title: string;
  description: string;
}

/** Device pixels of a PNG for each CSS pixel. */
const PNG_SCALE = 2;

/**
 * A part of the page as a picture that stands alone: backgrounds, borders, text, drawings and canvases where the browser
 * has put them, in the colours of the theme. Controls are left out: nobody can use them in a picture.
 */
export function pictureOf(element: Element, legend: Legend): string {
  const { scrollX, scrollY } = window;
  // What sticks to the top of the page would cover a part of the picture.
  window.scrollTo(0, 0);
  const picture = drawn(element, legend);
  window.scrollTo(scrollX, scrollY);
  return picture;
}

function drawn(element: Element, { title, description }: Legend): string {
  const visible = element.getBoundingClientRect();
  const { left, top, width, height } = visible;
  const sheet: Sheet = { parts: [], left, top, visible };
  draw(element, sheet);
  const background = getComputedStyle(document.body).backgroundColor;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="100%" height="100%" fill="${background}"/>`,
    ...sheet.parts,
    '</svg>',
  ].join('\n');
}

/** The same as pixels. @throws Error where the browser cannot draw it */
export async function pngOf(svg: string, { title, description }: Legend): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no picture.');
  const png = withText(new Uint8Array(await blob.arrayBuffer()), 'Description', description);
  return withText(png, 'Title', title);
}

function draw(element: Element, sheet: Sheet): void {
  const style = getComputedStyle(element);
  if (!isVisible(element, style) || isControl(element) || isScrolledAway(element, style, sheet)) return;
  if (element instanceof SVGSVGElement) drawSvg(element, sheet);
  else if (element instanceof HTMLCanvasElement) drawCanvas(element, sheet);
  else drawContent(element, style, sheet);
}

function drawContent(element: Element, style: CSSStyleDeclaration, sheet: Sheet): void {
  drawBox(element, style, sheet);
  if (style.overflowX === 'visible' || style.display === 'contents') drawChildren(element, style, sheet);
  else drawFrame(element, style, sheet);
}

function drawChildren(element: Element, style: CSSStyleDeclaration, sheet: Sheet): void {
  // What sticks is over what scrolls under it.
  for (const child of [...childrenOf(element)].toSorted((a, b) => Number(isSticky(a)) - Number(isSticky(b)))) {
    if (child instanceof Element) draw(child, sheet);
    else if (child instanceof Text) drawText(child, style, sheet);
  }
}

/** What an element scrolls, as far as it is in view: a drawing in a drawing shows nothing beyond its edges. */
function drawFrame(element: Element, style: CSSStyleDeclaration, sheet: Sheet): void {
  const { parts, left, top } = sheet;
  const visible = element.getBoundingClientRect();
  const [x, y] = [visible.left - left, visible.top - top];
  const place = `x="${x}" y="${y}" width="${visible.width}" height="${visible.height}"`;
  parts.push(`<svg ${place} viewBox="${x} ${y} ${visible.width} ${visible.height}">`);
  drawChildren(element, style, { ...sheet, visible });
  parts.push('</svg>');
}

/** What is folded away or hidden is not in the picture, nor what is there for screen readers only. */
function isVisible(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.display === 'contents' || (element.checkVisibility({ visibilityProperty: true }) && style.clipPath === 'none')
  );
}

function isScrolledAway(element: Element, { display }: CSSStyleDeclaration, { visible }: Sheet): boolean {
  if (display === 'contents') return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return right < visible.left || left > visible.right || bottom < visible.top || top > visible.bottom;
}

function isSticky(node: Node): boolean {
  return node instanceof Element && getComputedStyle(node).position === 'sticky';
}

function isControl(element: Element): boolean {
  return element.tagName.startsWith('VSCODE-') || element.matches('[popover], input, vt-checkbox, .no-picture');
}

/** The nodes that the browser draws: the shadow tree's, and in a slot what is assigned to it. */
function childrenOf(element: Element): Iterable<Node> {
  if (element instanceof HTMLSlotElement && element.assignedNodes().length > 0) return element.assignedNodes();
  return (element.shadowRoot ?? element).childNodes;
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
