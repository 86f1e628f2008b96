import type { RankClass } from '../../display/rank-class';

/** Name and mark of each; the mark is as quiet as the class is expected, for readers who see no colours. */
export const RANK_CLASSES: Record<RankClass, { name: string; mark: string }> = {
  first: { name: 'first guess', mark: ' ' },
  ten: { name: 'top 10', mark: '┈' },
  hundred: { name: 'top 100', mark: '╌' },
  beyond: { name: 'beyond', mark: '━' },
};
