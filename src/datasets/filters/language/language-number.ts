/** A language as a number that is kept beside what rules measure: the two letters of its code (ISO 639-1); NaN where it is not told. */
export function languageNumber(code: string): number {
  return code === '' ? Number.NaN : code.charCodeAt(0) * 256 + code.charCodeAt(1);
}

/** Its code again; empty where it is not told. */
export function languageOfNumber(number: number): string {
  return Number.isNaN(number) ? '' : String.fromCharCode(number >> 8, number & 0xff);
}
