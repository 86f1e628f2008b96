import rules from './english-rules.json';

/* What spaCy 3.8 takes for a web address (MIT licence, by ExplosionAI), and does not cut. */

const SCHEME = /^[\p{L}\p{N}_+\-.]{2,}$/u;
const PUBLIC_ADDRESS =
  '(?!(?:10|127)(?:\\.\\p{Nd}{1,3}){3})(?!(?:169\\.254|192\\.168)(?:\\.\\p{Nd}{1,3}){2})' +
  '(?!172\\.(?:1[6-9]|2\\p{Nd}|3[0-1])(?:\\.\\p{Nd}{1,3}){2})' +
  '(?:[1-9]\\p{Nd}?|1\\p{Nd}\\p{Nd}|2[01]\\p{Nd}|22[0-3])(?:\\.(?:1?\\p{Nd}{1,2}|2[0-4]\\p{Nd}|25[0-5])){2}' +
  '\\.(?:[1-9]\\p{Nd}?|1\\p{Nd}\\p{Nd}|2[0-4]\\p{Nd}|25[0-4])';
const NAME_PART = '[A-Za-z0-9\\u{a1}-\\u{ffff}]';
const NAME = `(?:(?:${NAME_PART}[A-Za-z0-9\\u{a1}-\\u{ffff}_\\-]{0,62})?${NAME_PART}\\.)+[${rules.lower}]{2,63}`;

/** A public IPv4 address or a name that ends in letters, then a port; a path follows, or nothing. */
const HOST = new RegExp(`(?:${PUBLIC_ADDRESS}|${NAME})(?::\\p{Nd}{2,5})?(?=[/?#]|$)`, 'uy');

/** Longer ones are none: no name server knows more than 253 characters, and the expression would run out of memory. */
const LONGEST_HOST = 4096;

/** Whether a text without white space is a web address, with or without its scheme and a user. */
export function isWebAddress(text: string): boolean {
  if (beginsHost(text, 0)) return true;
  const scheme = text.indexOf('://');
  if (scheme !== -1 && SCHEME.test(text.slice(0, scheme)) && beginsHost(text, scheme + '://'.length)) return true;
  for (let at = text.indexOf('@', 1); at !== -1; at = text.indexOf('@', at + 1)) {
    if (beginsHost(text, at + 1)) return true;
  }
  return false;
}

/** Most texts have other characters than a host long before the expression would find that it is none. */
function beginsHost(text: string, start: number): boolean {
  let end = start;
  while (end < text.length && isOfHost(text.charCodeAt(end))) end++;
  if (end - start > LONGEST_HOST || (end < text.length && !':/?#'.includes(text[end] as string))) return false;
  HOST.lastIndex = start;
  return HOST.test(text);
}

function isOfHost(unit: number): boolean {
  const isLetterOrDigit =
    (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
  return isLetterOrDigit || unit >= 0xa1 || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}
