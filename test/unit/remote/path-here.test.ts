import { expect, it } from 'vitest';
import { pathHere } from '../../../src/remote/path-here';

it.each([
  ['http://127.0.0.1:8000', '/models/llama', '/models/llama'],
  ['https://gpu.example', '/models/llama', undefined],
  ['https://127.0.0.1.example', '/models/llama', undefined],
  ['http://localhost:8000', '//other.example/share', undefined],
  ['http://localhost:8000', '\\\\other.example\\share', undefined],
  ['http://localhost:8000', 'owner/name', undefined],
])('what %s has loaded from %s is to be had at %s here', (address, root, path) => {
  expect(pathHere({ address }, root)).toBe(path);
});
