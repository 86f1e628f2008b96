const WIDTH = 12;
/** Of eight parts of a character cell, from none. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A probability as a bar of at most 12 characters, padded to that; what is not 0 is seen. */
export function bar(probability: number): string {
  const eighths = probability > 0 ? Math.max(1, Math.round(probability * WIDTH * 8)) : 0;
  return `${'█'.repeat(eighths >> 3)}${PARTS[eighths & 7]}`.padEnd(WIDTH);
}
