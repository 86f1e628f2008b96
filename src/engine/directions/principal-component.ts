/** Steps of the search for the largest eigenvalue: of so many vectors or fewer it is exact. */
const STEPS = 60;
/** Where what is left of a vector is less than this part of it, there is no further direction to search. */
const NEGLIGIBLE = 1e-12;
const SWEEPS = 60;

/**
 * The direction in which vectors differ most from their mean: the first principal component, of length 1, as
 * `PCA(n_components=1)` of scikit-learn has it but for its sign. Undefined where they do not differ.
 *
 * By the matrix of their products, which has a row for each vector: there are fewer of them than numbers in one.
 */
export async function principalComponent(vectors: readonly Float64Array[]): Promise<Float64Array | undefined> {
  const centred = withoutMean(vectors);
  const products = centred.map((a) => Float64Array.from(centred, (b) => dot(a, b)));
  const largest = Math.max(...products.map((row, i) => row[i] as number));
  const scale = Math.max(...vectors.map((vector) => dot(vector, vector)));
  if (!(largest > NEGLIGIBLE * scale)) return undefined;
  const multiply = (vector: Float64Array) => Float64Array.from(products, (row) => dot(row, vector));
  const component = combined(centred, await topEigenvector(vectors.length, multiply, STEPS));
  const length = Math.sqrt(dot(component, component));
  return component.map((value) => value / length);
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The mean of vectors. */
export function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const share = 1 / vectors.length;
  return combined(
    vectors,
    vectors.map(() => share),
  );
}

function withoutMean(vectors: readonly Float64Array[]): Float64Array[] {
  const mean = meanOf(vectors);
  return vectors.map((vector) => vector.map((value, i) => value - (mean[i] as number)));
}

/** The sum of vectors, each times a number. */
function combined(vectors: readonly Float64Array[], times: ArrayLike<number>): Float64Array {
  const sum = new Float64Array((vectors[0] as Float64Array).length);
  for (const [i, vector] of vectors.entries()) addTo(sum, vector, times[i] as number);
  return sum;
}

function addTo(sum: Float64Array, vector: Float64Array, times: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + times * (vector[i] as number);
}

/**
 * Of a symmetric matrix of so many rows, which is known only by its products with vectors: by the method of Lanczos with
 * every new direction held apart from all before it.
 *
 * @param steps products at most
 */
export async function topEigenvector(
  rows: number,
  multiply: (vector: Float64Array) => Float64Array | Promise<Float64Array>,
  steps: number,
): Promise<Float64Array> {
  // No eigenvector is likely to be at right angles to it.
  let next = Float64Array.from({ length: rows }, (_, i) => 1 + Math.sin(i + 1) / 2);
  const basis: Float64Array[] = [];
  const products: Float64Array[] = [];
  while (basis.length < Math.min(steps, rows)) {
    const before = Math.sqrt(dot(next, next));
    for (let twice = 0; twice < 2; twice++) for (const one of basis) addTo(next, one, -dot(one, next));
    const length = Math.sqrt(dot(next, next));
    if (!(length > NEGLIGIBLE * before)) break;
    const direction = next.map((value) => value / length);
    basis.push(direction);
    products.push(await multiply(direction));
    next = Float64Array.from(products.at(-1) as Float64Array);
  }
  const projected = basis.map((one) => Float64Array.from(products, (other) => dot(one, other)));
  return combined(basis, topByRotations(projected));
}

/** The same of a small matrix, which is changed: by the method of Jacobi. */
function topByRotations(matrix: Float64Array[]): Float64Array {
  const size = matrix.length;
  const vectors = matrix.map((_, i) => Float64Array.from(matrix, (_, j) => (i === j ? 1 : 0)));
  const at = (i: number, j: number) => matrix[i]?.[j] as number;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let isChanged = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(at(p, q)) <= Number.EPSILON * Math.sqrt(Math.abs(at(p, p) * at(q, q)))) continue;
        isChanged = true;
        const angle = 0.5 * Math.atan2(2 * at(p, q), at(p, p) - at(q, q));
        for (const row of matrix) turn(row, p, q, angle);
        turnRows(matrix, p, q, angle);
        for (const row of vectors) turn(row, p, q, angle);
      }
    }
    if (!isChanged) break;
  }
  const top = matrix.reduce((best, _, i) => (at(i, i) > at(best, best) ? i : best), 0);
  return Float64Array.from(vectors, (row) => row[top] as number);
}

function turn(row: Float64Array, p: number, q: number, angle: number): void {
  const [a, b] = [row[p] as number, row[q] as number];
  row[p] = Math.cos(angle) * a + Math.sin(angle) * b;
  row[q] = Math.cos(angle) * b - Math.sin(angle) * a;
}

function turnRows(matrix: Float64Array[], p: number, q: number, angle: number): void {
  const [first, second] = [matrix[p] as Float64Array, matrix[q] as Float64Array];
  for (let i = 0; i < first.length; i++) {
    const pair = Float64Array.of(first[i] as number, second[i] as number);
    turn(pair, 0, 1, angle);
    [first[i], second[i]] = [pair[0] as number, pair[1] as number];
  }
}
