/** Bytes of a PNG before what may follow its header: the signature and the header itself. */
const AFTER_HEADER = 8 + 25;
const POLYNOMIAL = 0xedb88320;

/** The picture with a text in it, under one of the keywords of the PNG specification (third edition, 11.3.3.4: iTXt). */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  const chunk = chunkOf('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`));
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, AFTER_HEADER));
  whole.set(chunk, AFTER_HEADER);
  whole.set(png.subarray(AFTER_HEADER), AFTER_HEADER + chunk.length);
  return whole;
}

/** Length, type, data and checksum. */
function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}

/** As the specification has it (annex D), bit by bit: texts are short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
