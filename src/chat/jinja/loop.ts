import { isEqual } from './operators';
import { Fn, Struct, tuple, Undefined, type Value } from './values';

/** Jinja's `loop` of each iteration. */
export function loopValue(items: readonly Value[]): (i: number) => Struct {
  let last: Value | undefined;
  const changed = new Fn('changed', (values) => {
    const now = tuple(values);
    const isChanged = last === undefined || !isEqual(last, now);
    last = now;
    return isChanged;
  });
  return (i) => {
    const cycle = new Fn('cycle', (values) => values[i % values.length] ?? null);
    const entries = new Map<string, Value>([
      ['index', i + 1],
      ['index0', i],
      ['revindex', items.length - i],
      ['revindex0', items.length - i - 1],
      ['first', i === 0],
      ['last', i === items.length - 1],
      ['length', items.length],
      ['depth', 1],
      ['depth0', 0],
      ['previtem', items[i - 1] === undefined ? new Undefined('the item before the first') : (items[i - 1] as Value)],
      ['nextitem', items[i + 1] === undefined ? new Undefined('the item after the last') : (items[i + 1] as Value)],
      ['cycle', cycle],
      ['changed', changed],
    ]);
    return new Struct(entries, 'loop');
  };
}
