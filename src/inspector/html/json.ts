import type { Recording } from '../../recording/recording';
import { toWire } from '../../shared/wire';

/** What a browser would take for the end of the script, or for the beginning of a comment in it. */
const UNSAFE = /[<\u2028\u2029]/g;

/**
 * A recording as JSON that can stand in a script of a page. Typed arrays go as their name and their bytes in base64, in
 * the order that all machines of browsers have: the lowest byte first.
 */
export function recordingJson(recording: Recording): string {
  return JSON.stringify(toWire(recording), pack).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pack(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { $array: value.constructor.name, base64: bytes.toString('base64') };
}
