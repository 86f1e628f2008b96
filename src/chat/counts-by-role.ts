import type { RenderedPart } from '../shared/chat';
import { firstAtLeast } from '../shared/sorted';
import type { TokenPlaces } from './token-places';

/** Tokens of a prompt: of what each role says, in the order in which they first speak, and of what the template adds. */
export interface CountsByRole {
  roles: ReadonlyMap<string, number>;
  template: number;
}

/** A token belongs to the first content that it has a part in. @param tokens of the prompt, with their places in it */
export function countsByRole(parts: readonly RenderedPart[], { starts, ends }: TokenPlaces): CountsByRole {
  const roles = new Map<string, number>();
  let counted = 0;
  let next = 0;
  for (const { kind, role = '', start, end } of parts) {
    if (kind !== 'content') continue;
    const from = Math.max(next, firstAtLeast(ends, start + 1));
    next = Math.max(from, firstAtLeast(starts, end));
    roles.set(role, (roles.get(role) ?? 0) + next - from);
    counted += next - from;
  }
  return { roles, template: starts.length - counted };
}
