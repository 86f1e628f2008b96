import { Arguments } from './arguments';
import { textOf } from './python-text';
import { strftime } from './strftime';
import { TemplateError, TemplateRefusal } from './template-error';
import { Dict, Fn, itemsOf, type Key, type Keywords, keyOf, list, Struct, text, type Value } from './values';

/** As many numbers as Jinja's sandbox lets a range have. */
const MAX_RANGE = 100_000;

/** Names that every chat template has. */
export function globalsAt(time: Date): Map<string, Value> {
  const functions: Record<string, Fn['call']> = {
    raise_exception: ([message = null]) => {
      throw new TemplateRefusal(textOf(message).value);
    },
    strftime_now: ([format = null]) => text(strftime(time, textOf(format).value)),
    namespace: (args, keywords) => {
      const entries = new Map([...dictOf(args, keywords).entries].map(([key, value]) => [String(key), value]));
      const hidden = [...entries.keys()].find((name) => name.startsWith('_'));
      if (hidden !== undefined) throw new TemplateError(`keeps a value under ${hidden}, which chat templates may not`);
      return new Struct(entries, 'namespace');
    },
    dict: dictOf,
    range,
  };
  return new Map<string, Value>([
    ...Object.entries(functions).map(([name, call]): [string, Value] => [name, new Fn(name, call)]),
    ...['true', 'True'].map((name): [string, Value] => [name, true]),
    ...['false', 'False'].map((name): [string, Value] => [name, false]),
    ...['none', 'None'].map((name): [string, Value] => [name, null]),
  ]);
}

function dictOf([source]: readonly Value[], keywords: Keywords): Dict {
  const pairs = (value: Value) =>
    itemsOf(value).map((pair): [Key, Value] => [keyOf(itemsOf(pair)[0] ?? null), itemsOf(pair)[1] ?? null]);
  const entries = source === undefined ? [] : source instanceof Dict ? source.entries : pairs(source);
  return new Dict(new Map<Key, Value>([...entries, ...keywords]));
}

function range(args: readonly Value[], keywords: Keywords): Value {
  const names = args.length > 1 ? ['start', 'stop', 'step'] : ['stop'];
  const asked = new Arguments('range', names, args, keywords);
  const [start, stop, step] = [asked.integer('start', 0), asked.integer('stop', 0), asked.integer('step', 1)];
  if (step === 0) throw new TemplateError('counts by steps of 0');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > MAX_RANGE) throw new TemplateError('counts further than Jinja lets a template count');
  return list(Array.from({ length: count }, (_, i) => start + i * step));
}
