import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// A program that has an engine, says which process it is, and waits to be killed.
const engine = fork(fileURLToPath(new URL('../../dist/engine.js', import.meta.url)), { serialization: 'advanced' });
process.stdout.write(`${engine.pid}\n`);
setInterval(() => {}, 1000);
