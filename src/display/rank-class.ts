/** The four classes of GLTR (Gehrmann et al. 2019, arXiv 1906.04043): the first guess, to 10, to 100, beyond. */
export type RankClass = 'first' | 'ten' | 'hundred' | 'beyond';

/** @param rank from 0. */
export function rankClassOf(rank: number): RankClass {
  if (rank === 0) return 'first';
  if (rank < 10) return 'ten';
  return rank < 100 ? 'hundred' : 'beyond';
}
