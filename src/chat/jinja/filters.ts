import { Arguments } from './arguments';
import { jsonText } from './json-text';
import { LIST_FILTERS } from './list-filters';
import { memberOf } from './members';
import { textOf } from './python-text';
import { capitalize, replace } from './string-methods';
import { TemplateError } from './template-error';
import { escapeHtml, join, safe, Text } from './text';
import {
  charactersOf,
  Dict,
  defined,
  Float,
  isNumber,
  isTrue,
  itemsOf,
  type Keywords,
  List,
  numberOf,
  text,
  typeName,
  Undefined,
  type Value,
} from './values';
import { LINE_END, strip } from './white-space';

type Filter = (value: Value, args: Arguments) => Value;

/** Jinja's filters of single values, and transformers' `tojson`, each with the names of its arguments. */
const FILTERS: Record<string, readonly [readonly string[], Filter]> = {
  safe: [[], (value) => safe(textOf(value))],
  string: [[], (value) => textOf(value)],
  trim: [['chars'], (value, args) => strip(textOf(value), 'both', args.text('chars')?.value)],
  lower: [[], (value) => lowered(textOf(value))],
  upper: [[], (value) => textOf(value).replaced(textOf(value).value.toUpperCase())],
  capitalize: [[], (value) => textOf(value).replaced(capitalize(textOf(value).value))],
  title: [[], (value) => textOf(value).replaced(title(textOf(value).value))],
  escape: [[], (value) => safe(escapeHtml(textOf(value)))],
  replace: [
    ['old', 'new', 'count'],
    (value, args) =>
      replace(
        textOf(value),
        textOf(args.value('old', text(''))).value,
        textOf(args.value('new', text(''))),
        args.integer('count', -1),
      ),
  ],
  indent: [['width', 'first', 'blank'], indent],
  length: [[], lengthOf],
  wordcount: [[], (value) => textOf(value).value.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
  default: [
    ['default_value', 'boolean'],
    (value, args) =>
      value instanceof Undefined || (args.flag('boolean', false) && !isTrue(value))
        ? args.value('default_value', text(''))
        : value,
  ],
  int: [['default', 'base'], toInteger],
  float: [['default'], toFloat],
  abs: [[], (value) => (value instanceof Float ? new Float(Math.abs(value.value)) : Math.abs(number(value)))],
  round: [['precision', 'method'], round],
  attr: [['name'], (value, args) => memberOf(value, args.required('name'), false)],
  tojson: [['ensure_ascii', 'indent', 'separators', 'sort_keys'], toJson],
};

const OTHER_NAMES: Record<string, string> = { d: 'default', count: 'length', e: 'escape' };

/** @throws TemplateError where there is no such filter, or it is not for such a value */
export function filter(name: string, value: Value, args: readonly Value[], keywords: Keywords): Value {
  const known = OTHER_NAMES[name] ?? name;
  const ofList = Object.hasOwn(LIST_FILTERS, known) ? LIST_FILTERS[known] : undefined;
  if (ofList) return ofList(value, args, keywords, filter);
  const [names, run] = (Object.hasOwn(FILTERS, known) ? FILTERS[known] : undefined) ?? [];
  if (!names || !run) throw new TemplateError(`asks for a filter ${name}, which Vitrine does not have`);
  return run(value, new Arguments(name, names, args, keywords));
}

const lowered = (value: Text) => value.replaced(value.value.toLowerCase());

/** Each word with a capital; words begin after white space, a hyphen or an open bracket. */
const title = (value: string) =>
  value
    .split(/([-\s({[<]+)/)
    .map((word) => capitalize(word))
    .join('');

function indent(value: Value, args: Arguments): Text {
  const width = args.value('width', 4);
  const space = width instanceof Text ? width : text(' '.repeat(args.integer('width', 4)));
  const lines = splitLines(textOf(value));
  const indented = lines.map((line, i) => {
    const isIndented = i === 0 ? args.flag('first', false) : args.flag('blank', false) || line.length > 0;
    return isIndented ? join([space, line], text('')) : line;
  });
  return join(indented, text('\n'));
}

function splitLines(value: Text): Text[] {
  let at = 0;
  return value.value.split(new RegExp(LINE_END)).map((line) => {
    const start = at;
    const end = start + line.length;
    at = end + (value.value.startsWith('\r\n', end) ? 2 : 1);
    return value.slice(start, end);
  });
}

function lengthOf(value: Value): number {
  if (value instanceof Text) return charactersOf(value).length;
  if (value instanceof List) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  if (value instanceof Undefined) return 0;
  throw new TemplateError(`asks for the length of ${typeName(value)}`);
}

function number(value: Value): number {
  if (isNumber(value)) return numberOf(value);
  throw new TemplateError(`computes with ${typeName(defined(value))}`);
}

const WHOLE = /^\s*[+-]?\d+(_\d+)*\s*$/;
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

function toInteger(value: Value, args: Arguments): Value {
  if (isNumber(value)) return Math.trunc(numberOf(value));
  if (value instanceof Text && WHOLE.test(value.value)) {
    return Number.parseInt(value.value.replaceAll('_', ''), args.integer('base', 10));
  }
  return value instanceof Text && DECIMAL.test(value.value)
    ? Math.trunc(Number(value.value))
    : args.value('default', 0);
}

function toFloat(value: Value, args: Arguments): Value {
  if (isNumber(value)) return new Float(numberOf(value));
  return value instanceof Text && DECIMAL.test(value.value)
    ? new Float(Number(value.value))
    : args.value('default', new Float(0));
}

/** Halves go to the even digit, as in Python. */
function round(value: Value, args: Arguments): Value {
  const factor = 10 ** args.integer('precision', 0);
  const scaled = number(value) * factor;
  const method = args.text('method')?.value ?? 'common';
  if (method === 'ceil') return new Float(Math.ceil(scaled) / factor);
  if (method === 'floor') return new Float(Math.floor(scaled) / factor);
  const below = Math.floor(scaled);
  const isHalf = scaled - below === 0.5;
  return new Float((isHalf ? below + (below % 2 === 0 ? 0 : 1) : Math.round(scaled)) / factor);
}

function toJson(value: Value, args: Arguments): Value {
  const asked = args.value('indent', null);
  const indentation = asked instanceof Text ? asked.value : asked === null ? null : ' '.repeat(number(asked));
  const separators = args.value('separators', null);
  const [between = text(indentation === null ? ', ' : ','), afterKey = text(': ')] =
    separators === null ? [] : itemsOf(separators).map(textOf);
  return jsonText(value, {
    ensureAscii: args.flag('ensure_ascii', false),
    indent: indentation,
    separators: [between.value, afterKey.value],
    sortKeys: args.flag('sort_keys', false),
  });
}
