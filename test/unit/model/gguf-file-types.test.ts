import { expect, it } from 'vitest';
import { fileTypeName } from '../../../src/model/gguf/file-types';

/* By `LlamaFileType` of Python's `gguf`. */

it.each([
  [2, 'Q4_0'],
  [7, 'Q8_0'],
  [12, 'Q3_K_M'],
  [15, 'Q4_K_M'],
  [17, 'Q5_K_M'],
  [18, 'Q6_K'],
  [30, 'IQ4_XS'],
])('%i is called %s', (type, name) => expect(fileTypeName(type)).toBe(name));

it.each([0, 1, 4, 32, 1024, 'Q4_K_M', undefined])('%j says no more than the types of the tensors', (written) =>
  expect(fileTypeName(written)).toBeUndefined(),
);
