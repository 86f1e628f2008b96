import type { RenderedPart } from '../shared/chat';
import { partsOfTokens } from '../shared/rendered-tokens';
import type { TokenPlaces } from './token-places';

/** Tokens of a prompt: of what each role says, in the order in which they first speak, and of what the template adds. */
export interface CountsByRole {
  roles: ReadonlyMap<string, number>;
  template: number;
}

/** @param tokens of the prompt, with their places in it */
export function countsByRole(parts: readonly RenderedPart[], tokens: TokenPlaces): CountsByRole {
  const roles = new Map<string, number>();
  let template = 0;
  for (const { kind, role = '' } of partsOfTokens(parts, tokens)) {
    if (kind === 'content') roles.set(role, (roles.get(role) ?? 0) + 1);
    else template++;
  }
  return { roles, template };
}

/** All tokens of a prompt. */
export function countedTokens({ roles, template }: CountsByRole): number {
  return [...roles.values()].reduce((sum, count) => sum + count, template);
}

/** Those of several conversations together. */
export function summedCounts(all: readonly CountsByRole[]): CountsByRole {
  const roles = new Map<string, number>();
  for (const [role, count] of all.flatMap((counts) => [...counts.roles])) {
    roles.set(role, (roles.get(role) ?? 0) + count);
  }
  return { roles, template: all.reduce((sum, { template }) => sum + template, 0) };
}
