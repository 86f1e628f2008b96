/*
 * Runs in the page before its own scripts: what the editor gives to a webview, from a test. Typed arrays cross as
 * base64, for the way between the browser and the test is text.
 */

const TYPES = { Uint8Array, Uint32Array, Int32Array, Float32Array, Float64Array };
const KEPT = 'vitrine-state';

const listeners = [];
/** The theme's styles. Beside them stand what the page's own scripts adopt. */
const sheet = new CSSStyleSheet();

globalThis.vitrinePort = {
  post: (message) => void globalThis.vitrineToHost(JSON.stringify(message, pack)),
  onMessage: (listener) => void listeners.push(listener),
  read: () => JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') ?? undefined,
  write: (state) => sessionStorage.setItem(KEPT, JSON.stringify(state)),
};

/** Called by the test. */
globalThis.vitrineFromHost = (text) => {
  const message = JSON.parse(text, unpack);
  for (const listener of listeners) listener(message);
};

/** Gives the page a theme, as the editor does. */
globalThis.vitrineTheme = ({ kind, id, variables, styles }) => {
  const { style } = document.documentElement;
  style.cssText = '';
  for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
  sheet.replaceSync(styles);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  document.body.className = kind;
  Object.assign(document.body.dataset, { vscodeThemeKind: kind, vscodeThemeId: id });
};

function pack(_key, value) {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return { $array: value.constructor.name, base64: bytes.toBase64() };
}

function unpack(_key, value) {
  if (typeof value?.$array !== 'string') return value;
  return new TYPES[value.$array](Uint8Array.fromBase64(value.base64).buffer);
}
