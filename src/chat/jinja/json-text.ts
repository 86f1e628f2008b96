import { floatText } from './python-text';
import { TemplateError } from './template-error';
import { concat, Text } from './text';
import { Dict, Float, List, text, typeName, type Value } from './values';

export interface JsonOptions {
  ensureAscii: boolean;
  /** What a level is indented by; null for all in one line. */
  indent: string | null;
  /** Between items, and after a key. */
  separators: readonly [string, string];
  sortKeys: boolean;
}

/** As Python's `json.dumps` writes a value: transformers' filter `tojson`. */
export function jsonText(value: Value, options: JsonOptions, depth = 0): Text {
  if (value instanceof Text) return jsonString(value, options.ensureAscii);
  if (value === null) return text('null');
  if (typeof value === 'boolean' || typeof value === 'number') return text(String(value));
  if (value instanceof Float) return text(jsonFloat(value.value));
  if (value instanceof List) {
    const items = value.items.map((item) => jsonText(item, options, depth + 1));
    return bracketed('[', items, ']', options, depth);
  }
  if (!(value instanceof Dict)) throw new TemplateError(`writes a ${typeName(value)} as JSON`);
  const entries = [...value.entries];
  if (options.sortKeys) entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const items = entries.map(([key, item]) => {
    const name =
      typeof key === 'string' ? jsonString(text(key), options.ensureAscii) : jsonText(text(String(key)), options);
    return concat([name, text(options.separators[1]), jsonText(item, options, depth + 1)]);
  });
  return bracketed('{', items, '}', options, depth);
}

function bracketed(
  open: string,
  items: Text[],
  close: string,
  { indent, separators }: JsonOptions,
  depth: number,
): Text {
  if (items.length === 0) return text(open + close);
  const line = (level: number) => (indent === null ? '' : `\n${indent.repeat(level)}`);
  const between = text(separators[0] + line(depth + 1));
  const all = items.flatMap((item, i) => (i === 0 ? [item] : [between, item]));
  return concat([text(open + line(depth + 1)), ...all, text(line(depth) + close)]);
}

function jsonFloat(value: number): string {
  if (Number.isFinite(value)) return floatText(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const ESCAPED = /["\\\x00-\x1f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
const ESCAPED_FOR_ASCII = /["\\\x00-\x1f\x7f-\uffff]/g;

/** What needs no escape stays where it stands in its message; an escape is of the message, and stands there in other characters. */
function jsonString(value: Text, ensureAscii: boolean): Text {
  const pieces: Text[] = [];
  let at = 0;
  for (const match of value.value.matchAll(ensureAscii ? ESCAPED_FOR_ASCII : ESCAPED)) {
    if (match[0] === '\x7f') continue;
    const end = match.index + 1;
    pieces.push(value.slice(at, match.index), value.slice(match.index, end).replaced(escaped(match[0])));
    at = end;
  }
  return concat([text('"'), ...pieces, value.slice(at), text('"')]);
}

const escaped = (char: string) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
