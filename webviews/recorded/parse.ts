import { RECORDING_ID, type Recording } from '../../src/recording/recording';
import { fromWire } from '../../src/shared/wire';

const TYPES: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Float32Array,
  Float64Array,
};

/** What the page holds, where it is an exported file. */
export function recordingInPage(): Recording | undefined {
  const json = document.getElementById(RECORDING_ID)?.textContent;
  // The type is of what was written here: no one else writes the file.
  return json ? (fromWire(JSON.parse(json, unpack)) as Recording) : undefined;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$array' in value) || !('base64' in value)) return value;
  const Type = TYPES[String(value.$array)];
  if (!Type) throw new Error(`No array of type ${value.$array} is recorded.`);
  return new Type(bytesOf(atob(String(value.base64))));
}

/** @param binary a byte a character, millions of them */
function bytesOf(binary: string): ArrayBuffer {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes.buffer;
}
