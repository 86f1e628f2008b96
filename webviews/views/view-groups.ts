import type { ViewName } from '../../src/shared/inspector-api';

/** The views, in groups: each is a word in the row, its views are chosen under it. */
const VIEW_GROUPS = {
  text: ['tokens', 'numbers'],
  prediction: ['probabilities', 'continue'],
  inside: ['attention', 'layers', 'why'],
  compare: ['compare', 'difference'],
  model: ['anatomy'],
} as const satisfies Record<string, readonly ViewName[]>;

export type GroupName = keyof typeof VIEW_GROUPS;

export const GROUP_NAMES = Object.keys(VIEW_GROUPS) as GroupName[];

export function viewsOf(group: GroupName): readonly ViewName[] {
  return VIEW_GROUPS[group];
}

export function groupOf(view: ViewName): GroupName {
  return GROUP_NAMES.find((group) => viewsOf(group).includes(view)) ?? 'text';
}
