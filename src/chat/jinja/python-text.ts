import { concat, Text } from './text';
import { Dict, Float, Fn, fromKey, List, text, Undefined, type Value } from './values';

/** As Python's `str` writes a value. */
export function textOf(value: Value): Text {
  if (value instanceof Text) return value;
  return value instanceof Undefined ? text('') : repr(value);
}

/** As Python's `repr` writes a value. */
export function repr(value: Value): Text {
  if (value instanceof Text) return value.replaced(quoted(value.value));
  if (value === null) return text('None');
  if (typeof value === 'boolean') return text(value ? 'True' : 'False');
  if (typeof value === 'number') return text(BigInt(value).toString());
  if (value instanceof Float) return text(floatText(value.value));
  if (value instanceof List) return reprOfList(value);
  if (value instanceof Dict) {
    const entries = [...value.entries].map(([key, item]) => concat([repr(fromKey(key)), text(': '), repr(item)]));
    return bracketed('{', entries, '}');
  }
  return text(value instanceof Fn ? `<${value.name}>` : value instanceof Undefined ? 'Undefined' : `<${value.kind}>`);
}

function reprOfList({ items, isTuple }: List): Text {
  const texts = items.map(repr);
  if (!isTuple) return bracketed('[', texts, ']');
  return bracketed('(', texts, texts.length === 1 ? ',)' : ')');
}

function bracketed(open: string, items: readonly Text[], close: string): Text {
  return concat([text(open), ...items.flatMap((item, i) => (i === 0 ? [item] : [text(', '), item])), text(close)]);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What Python does not print as it is: of other kinds than letters, marks, numbers, signs, and the space. */
const UNPRINTED = /[\\\n\r\t]|(?! )[\p{C}\p{Z}]/gu;

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const printed = value.replace(UNPRINTED, (char) => ESCAPES[char] ?? escaped(char.codePointAt(0) as number));
  return quote + printed.replaceAll(quote, `\\${quote}`) + quote;
}

function escaped(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** The shortest text that gives the number back, with an exponent from 1e16 on and below 1e-4. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  if (Number.isInteger(value)) return `${Object.is(value, -0) ? '-0' : BigInt(value)}.0`;
  return String(value);
}
