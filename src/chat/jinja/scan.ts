import { readString, writeString } from './string-literal';
import { TemplateError } from './template-error';
import { SPACE } from './white-space';

/*
 * A template before it is parsed. White space, comments, `raw` and the signs − and + are as Jinja's own lexer has them with
 * `trim_blocks` and `lstrip_blocks` (jinja2 3.1, lexer.py); the lexer of the package goes by expressions that take some of
 * it for something else, and takes `generation` out. What is left has every text as an expression, `{{"…"}}`.
 */

const OPEN = /\{([%{#])([-+]?)/g;
const RAW = new RegExp(`^[${SPACE}]*raw[${SPACE}]*(?:-%\\}[${SPACE}]*|%\\})`);
const END_RAW = new RegExp(`\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*(?:\\+%\\}|-%\\}[${SPACE}]*|%\\}\\n?)`, 'g');
const END_COMMENT = new RegExp(`\\+#\\}|-#\\}[${SPACE}]*|#\\}\\n?`, 'g');
const END_STATEMENT = new RegExp(`\\+%\\}|-%\\}[${SPACE}]*|%\\}\\n?`, 'y');
const END_EXPRESSION = new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, 'y');
const TRAILING = new RegExp(`[${SPACE}]+$`);
const BLANK = new RegExp(`^[${SPACE}]+$`);

/** The template's text with nothing left to the package's lexer. @throws TemplateError where a tag has no end */
export function normalise(template: string): string {
  const source = template.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const out: string[] = [];
  let at = 0;
  let startsLine = true;
  const write = (text: string, tag: string, sign: string) => {
    const kept = beforeTag(text, tag, sign, startsLine);
    if (kept !== '') out.push(`{{${writeString(kept)}}}`);
  };
  const goTo = (end: number) => {
    startsLine = source[end - 1] === '\n';
    at = end;
  };
  while (at < source.length) {
    OPEN.lastIndex = at;
    const open = OPEN.exec(source);
    if (open === null) {
      write(source.slice(at), '{', '');
      break;
    }
    const [{ length }, tag = '', sign = ''] = open;
    write(source.slice(at, open.index), tag, sign);
    const inside = open.index + length;
    const raw = tag === '%' ? RAW.exec(source.slice(inside)) : null;
    if (raw) {
      const start = inside + raw[0].length;
      const end = find(END_RAW, source, start, 'raw');
      goTo(start);
      write(source.slice(start, end.index), '%', end[1] ?? '');
      goTo(end.index + end[0].length);
    } else if (tag === '#') {
      const end = find(END_COMMENT, source, inside, 'comment');
      goTo(end.index + end[0].length);
    } else {
      const { code, end } = readTag(source, inside, tag === '%' ? END_STATEMENT : END_EXPRESSION);
      out.push(tag === '%' ? `{%${statement(code)}%}` : `{{${code} }}`);
      goTo(end);
    }
  }
  return out.join('');
}

/** Text before a tag: `-` takes all its white space, and a statement or comment alone on its line what stands before it. */
function beforeTag(text: string, tag: string, sign: string, startsLine: boolean): string {
  if (sign === '-') return text.replace(TRAILING, '');
  if (sign === '+' || tag === '{') return text;
  const line = text.lastIndexOf('\n') + 1;
  return (line > 0 || startsLine) && BLANK.test(text.slice(line)) ? text.slice(0, line) : text;
}

function find(end: RegExp, source: string, from: number, name: string): RegExpExecArray {
  end.lastIndex = from;
  const match = end.exec(source);
  if (match === null) throw new TemplateError(`has a ${name} without an end`);
  return match;
}

/** A tag's code up to its end, which stands in no string and no bracket. */
function readTag(source: string, from: number, end: RegExp): { code: string; end: number } {
  let code = '';
  let depth = 0;
  let at = from;
  while (at < source.length) {
    end.lastIndex = at;
    if (depth === 0 && end.test(source)) return { code, end: end.lastIndex };
    const char = source[at] as string;
    if (char === '"' || char === "'") {
      const literal = readString(source, at);
      code += writeString(literal.value);
      at = literal.end;
      continue;
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(source)?.[0];
    if (number !== undefined && !WORD.test(source[at - 1] ?? '')) {
      code += plainNumber(number);
      at += number.length;
      continue;
    }
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    code += char;
    at += 1;
  }
  throw new TemplateError('has a tag without an end');
}

const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?[eE][-+]?\d+|\d+_[\d_]*\d/y;
const WORD = /[\w.]/;

/** The package's lexer has no exponents and no lines between digits. */
function plainNumber(number: string): string {
  const digits = number.replaceAll('_', '');
  if (!/e/i.test(digits)) return digits;
  const value = Number(digits);
  return Number.isInteger(value) ? `${BigInt(value)}.0` : value.toFixed(20);
}

/** transformers' own statement, which the parser does not know, as a call with a body. */
function statement(code: string): string {
  const name = code.trim();
  if (name === 'generation') return ' call generation() ';
  return name === 'endgeneration' ? ' endcall ' : code;
}
