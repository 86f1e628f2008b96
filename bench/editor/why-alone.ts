import { readFileSync } from 'node:fs';
import { measureWhy } from './why';

console.log(await measureWhy(readFileSync('scripts/build.mjs', 'utf8').slice(0, 1700)));
