/** Marks the item that is in use. */
export function markCurrent<T extends { name: string; label: string }>(items: readonly T[], current: string): T[] {
  return items.map((item) => ({ ...item, label: item.name === current ? `$(check) ${item.label}` : item.label }));
}
