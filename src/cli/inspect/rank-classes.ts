/** The four classes of GLTR (Gehrmann et al. 2019, arXiv 1906.04043). */
export type RankClass = 'first' | 'ten' | 'hundred' | 'beyond';

/** Name and mark of each; the mark is as quiet as the class is expected, for readers who see no colours. */
export const RANK_CLASSES: Record<RankClass, { name: string; mark: string }> = {
  first: { name: 'first guess', mark: ' ' },
  ten: { name: 'top 10', mark: '┈' },
  hundred: { name: 'top 100', mark: '╌' },
  beyond: { name: 'beyond', mark: '━' },
};

/** @param rank from 0. */
export function rankClassOf(rank: number): RankClass {
  if (rank === 0) return 'first';
  if (rank < 10) return 'ten';
  return rank < 100 ? 'hundred' : 'beyond';
}
