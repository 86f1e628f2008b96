/** What an adapter that is kept apart adds to a weight, times the gain of a run: to a matrix a product, to a vector values. */
export type Addition = ProductAddition | VectorAddition;

/** left · right (Hu et al. 2021, arXiv 2106.09685), in the order of the weight's rows. The adapter's own scale is in `left`. */
export interface ProductAddition {
  rank: number;
  /** [out, rank] */
  left: Float32Array;
  /** [rank, in] */
  right: Float32Array;
}

export interface VectorAddition {
  /** [out] */
  values: Float32Array;
}

export const isProduct = (addition: Addition): addition is ProductAddition => 'left' in addition;
