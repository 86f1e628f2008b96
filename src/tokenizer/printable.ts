const VISIBLE: Record<string, string> = { ' ': '·', '\n': '⏎', '\t': '→', '\r': '←', '\u007f': '␡' };
/** Pictures of the controls U+0000 to U+001F start here. */
const CONTROL_PICTURES = 0x2400;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as something to look at: white space and controls as symbols, bytes that are no character as `\xE2`. */
export function printable(bytes: Uint8Array): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes[at] ?? 0);
    const character = at + length <= bytes.length ? decode(bytes.subarray(at, at + length)) : undefined;
    shown += character === undefined ? hex(bytes[at] ?? 0) : visible(character);
    at += character === undefined ? 1 : length;
  }
  return shown;
}

/** How many bytes a UTF-8 character has that begins with this one. */
function lengthOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function visible(character: string): string {
  const control =
    character.charCodeAt(0) < 0x20 ? String.fromCharCode(CONTROL_PICTURES + character.charCodeAt(0)) : character;
  return VISIBLE[character] ?? control;
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
