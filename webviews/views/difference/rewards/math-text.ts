import { html } from 'lit';

/** Symbols with an index, as sentences and labels write them, and the quotient in which one stands. */
const INDEXED = /((?:β )?(?:ln π\/)?π_ref|y_w|y_l)/;

/** A text whose symbols have their index below the line, and whose quotients are not broken. */
export function mathText(text: string): unknown[] {
  return text.split(INDEXED).map((piece, i) => (i % 2 === 1 ? indexed(piece) : piece));
}

function indexed(symbol: string) {
  const [base, index] = symbol.split('_');
  return html`<span class="symbol">${base}<sub>${index}</sub></span>`;
}
