import { expect, it } from 'vitest';
import { timeText } from '../../../webviews/views/anatomy/cost/time-text';

it.each([
  [8.14e-6, '8.1 µs'],
  [9.6e-10, '0.96 ns'],
  [0.0426, '43 ms'],
  [1, '1.0 s'],
  [119, '119 s'],
  [261, '4.3 min'],
  [37_379, '10 h'],
  [5 * 86_400, '5.0 days'],
  [17_545_337 * 86_400, '48,000 years'],
])('a time of %f s is written %s', (seconds, text) => expect(timeText(seconds)).toBe(text));
