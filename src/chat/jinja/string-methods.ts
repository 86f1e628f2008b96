import { Arguments } from './arguments';
import { format } from './format';
import { textOf } from './python-text';
import { TemplateError } from './template-error';
import { join, split, Text } from './text';
import { charactersOf, itemsOf, type Keywords, List, list, text, tuple, type Value } from './values';
import { LINE_END, SPACE, strip } from './white-space';

type Method = (self: Text, args: Arguments) => Value;

/** Methods of Python's `str`, each with the names of its arguments. */
const METHODS: Record<string, readonly [readonly string[], Method]> = {
  strip: [['chars'], (self, args) => strip(self, 'both', args.text('chars')?.value)],
  lstrip: [['chars'], (self, args) => strip(self, 'left', args.text('chars')?.value)],
  rstrip: [['chars'], (self, args) => strip(self, 'right', args.text('chars')?.value)],
  split: [['sep', 'maxsplit'], (self, args) => list(splitBy(self, args))],
  rsplit: [['sep', 'maxsplit'], (self, args) => list(rsplit(self, args))],
  splitlines: [['keepends'], (self, args) => list(lines(self, args.flag('keepends', false)))],
  partition: [['sep'], (self, args) => tuple(partition(self, args.required('sep').value))],
  rpartition: [['sep'], (self, args) => tuple(rpartition(self, args.required('sep').value))],
  replace: [
    ['old', 'new', 'count'],
    (self, args) => replace(self, args.required('old').value, args.required('new'), args.integer('count', -1)),
  ],
  startswith: [
    ['prefix', 'start', 'end'],
    (self, args) => isAtAn('prefix', args, (part) => ranged(self, args).value.startsWith(part)),
  ],
  endswith: [
    ['suffix', 'start', 'end'],
    (self, args) => isAtAn('suffix', args, (part) => ranged(self, args).value.endsWith(part)),
  ],
  removeprefix: [
    ['prefix'],
    (self, args) =>
      self.value.startsWith(args.required('prefix').value) ? self.slice(args.required('prefix').length) : self,
  ],
  removesuffix: [
    ['suffix'],
    (self, args) =>
      args.required('suffix').length > 0 && self.value.endsWith(args.required('suffix').value)
        ? self.slice(0, self.length - args.required('suffix').length)
        : self,
  ],
  find: [['sub', 'start', 'end'], (self, args) => find(self, args, 'indexOf')],
  rfind: [['sub', 'start', 'end'], (self, args) => find(self, args, 'lastIndexOf')],
  index: [['sub', 'start', 'end'], (self, args) => found(find(self, args, 'indexOf'))],
  rindex: [['sub', 'start', 'end'], (self, args) => found(find(self, args, 'lastIndexOf'))],
  count: [['sub'], (self, args) => self.value.split(args.required('sub').value).length - 1],
  join: [['iterable'], (self, args) => join(itemsOf(args.value('iterable', null)).map(onlyText), self)],
  upper: [[], (self) => self.replaced(self.value.toUpperCase())],
  lower: [[], (self) => self.replaced(self.value.toLowerCase())],
  casefold: [[], (self) => self.replaced(self.value.toLowerCase())],
  title: [[], (self) => self.replaced(title(self.value))],
  capitalize: [[], (self) => self.replaced(capitalize(self.value))],
  isdigit: [[], (self) => /^\p{Nd}+$/u.test(self.value)],
  isnumeric: [[], (self) => /^\p{N}+$/u.test(self.value)],
  isalpha: [[], (self) => /^\p{L}+$/u.test(self.value)],
  isalnum: [[], (self) => /^[\p{L}\p{N}]+$/u.test(self.value)],
  isspace: [[], (self) => new RegExp(`^[${SPACE}]+$`).test(self.value)],
  islower: [[], (self) => self.value !== self.value.toUpperCase() && self.value === self.value.toLowerCase()],
  isupper: [[], (self) => self.value !== self.value.toLowerCase() && self.value === self.value.toUpperCase()],
};

/** A method by its name, for a call; undefined where there is none. */
export function stringMethod(self: Text, name: string): ((args: Value[], keywords: Keywords) => Value) | undefined {
  if (name === 'format') return (args, keywords) => format(self, args, keywords);
  const [names, method] = (Object.hasOwn(METHODS, name) ? METHODS[name] : undefined) ?? [];
  if (!names || !method) return undefined;
  return (args, keywords) => method(self, new Arguments(name, names, args, keywords));
}

/** Each occurrence, or the first `count` of them. Nothing stands before each character and at the end, as in Python. */
export function replace(self: Text, old: string, replacement: Text, count = -1): Text {
  if (count === 0) return self;
  if (old !== '') return join(split(self, old, count), replacement);
  const chars: Text[] = [new Text(''), ...charactersOf(self), new Text('')];
  const pieces =
    count < 0 || count >= chars.length ? chars : [...chars.slice(0, count), join(chars.slice(count), text(''))];
  return join(pieces, replacement);
}

export const capitalize = (value: string): string => {
  const [first = '', ...rest] = Array.from(value);
  return first.toUpperCase() + rest.join('').toLowerCase();
};

/** A letter after what is none begins a word. */
const title = (value: string) => value.replace(/\p{L}+/gu, (word) => capitalize(word));

function onlyText(value: Value): Text {
  if (value instanceof Text) return value;
  throw new TemplateError(`joins ${textOf(value).value}, which is no text`);
}

function splitBy(self: Text, args: Arguments): Text[] {
  const separator = args.text('sep')?.value;
  const limit = args.integer('maxsplit', -1);
  if (separator === '') throw new TemplateError('splits a text by nothing');
  return separator === undefined ? words(self, limit) : split(self, separator, limit);
}

/** Without a separator white space separates, however much of it there is. */
function words(self: Text, limit: number): Text[] {
  const pieces: Text[] = [];
  for (const match of self.value.matchAll(new RegExp(`[^${SPACE}]+`, 'g'))) {
    if (limit >= 0 && pieces.length === limit) return [...pieces, strip(self.slice(match.index), 'left')];
    pieces.push(self.slice(match.index, match.index + match[0].length));
  }
  return pieces;
}

function rsplit(self: Text, args: Arguments): Text[] {
  const limit = args.integer('maxsplit', -1);
  const pieces = splitBy(self, new Arguments('rsplit', ['sep'], [args.value('sep', null)], new Map()));
  if (limit < 0 || pieces.length <= limit + 1) return pieces;
  const kept = pieces.slice(pieces.length - limit);
  const separator = args.text('sep');
  if (separator === undefined) throw new TemplateError('calls rsplit with a limit and no separator');
  return [join(pieces.slice(0, pieces.length - limit), separator), ...kept];
}

function partition(self: Text, separator: string): Text[] {
  const at = self.value.indexOf(separator);
  if (at < 0) return [self, text(''), text('')];
  return [self.slice(0, at), self.slice(at, at + separator.length), self.slice(at + separator.length)];
}

function rpartition(self: Text, separator: string): Text[] {
  const at = self.value.lastIndexOf(separator);
  if (at < 0) return [text(''), text(''), self];
  return [self.slice(0, at), self.slice(at, at + separator.length), self.slice(at + separator.length)];
}

function lines(self: Text, keepsEnds: boolean): Text[] {
  const pieces: Text[] = [];
  let at = 0;
  for (const match of self.value.matchAll(new RegExp(LINE_END, 'g'))) {
    pieces.push(self.slice(at, match.index + (keepsEnds ? match[0].length : 0)));
    at = match.index + match[0].length;
  }
  return at < self.length ? [...pieces, self.slice(at)] : pieces;
}

function isAtAn(name: string, args: Arguments, isAt: (part: string) => boolean): boolean {
  const value = args.value(name, null);
  if (value instanceof List) return value.items.some((item) => isAt(onlyText(item).value));
  return isAt(args.required(name).value);
}

/** Between `start` and `end`, which count code points. */
function ranged(self: Text, args: Arguments): Text {
  if (!args.has('start')) return self;
  const chars = charactersOf(self);
  return join(chars.slice(args.integer('start', 0), args.has('end') ? args.integer('end', 0) : undefined), text(''));
}

/** In code points; −1 where it is not there. */
function find(self: Text, args: Arguments, method: 'indexOf' | 'lastIndexOf'): number {
  const within = ranged(self, args).value;
  const at = within[method](args.required('sub').value);
  if (at < 0) return at;
  const start = args.integer('start', 0);
  return Array.from(within.slice(0, at)).length + (start < 0 ? Math.max(0, charactersOf(self).length + start) : start);
}

function found(index: number): number {
  if (index < 0) throw new TemplateError('looks for a text that is not there');
  return index;
}
