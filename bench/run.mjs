/** Runs a benchmark, from the repository's root: `node bench/run.mjs NAME [OPTION..]` runs bench/NAME.ts. */
import '../scripts/build.mjs';
import { runBundle } from '../scripts/run-bundle.mjs';

// Sessions that a benchmark makes of its own report nothing either.
process.env.ORT_DISABLE_TELEMETRY = '1';

const [name = 'engine/main', ...options] = process.argv.slice(2);
await runBundle(`bench/${name}.ts`, `bench-${name}`, options);
