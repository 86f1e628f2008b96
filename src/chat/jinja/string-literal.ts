import { TemplateError } from './template-error';

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  "'": "'",
  '"': '"',
  '\\': '\\',
  '\n': '',
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;

/** A literal from its quotation mark on, unescaped as Python does: what is no escape stays as it is. */
export function readString(source: string, start: number): { value: string; end: number } {
  const quote = source[start];
  let at = start + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
  if (at >= source.length) throw new TemplateError('has a string without an end');
  const value = source
    .slice(start + 1, at)
    .replace(ESCAPE, (whole, x?: string, u?: string, long?: string, octal?: string, char?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[char as string] ?? whole;
    });
  return { value, end: at + 1 };
}

/** A literal that the package's lexer reads as `value`, and in which it finds no tag. */
export function writeString(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&').replaceAll('{', '\\x7b')}"`;
}
