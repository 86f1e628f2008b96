/** Numbers of the traces that a request names, each once. */
export function tracesIn(request: unknown): number[] {
  const found = new Set<number>();
  withTraces(request, (trace) => {
    found.add(trace);
    return trace;
  });
  return [...found];
}

/** A request that names traces by other numbers: wherever something is its `trace`, or its `source` where that is a number. */
export function withTraces<T>(request: T, numberOf: (trace: number) => number): T {
  return changed(request) as T;

  function changed(value: unknown): unknown {
    if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(changed) : value;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, changedAt(name, of)]));
  }

  function changedAt(name: string, value: unknown): unknown {
    const isTrace = typeof value === 'number' && (name === 'trace' || name === 'source');
    return isTrace ? numberOf(value) : changed(value);
  }
}
