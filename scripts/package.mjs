/**
 * Makes dist/vitrine-TARGET.vsix for this platform, or for those that are named: `npm run package [-- TARGET..]`.
 * The runtime's npm package carries the files of every platform, so that any of them can be packaged anywhere.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { bundles } from './build.mjs';
import { packagesIn, thirdPartyNotices } from './notices.mjs';
import { isWanted, packagedModules, packageFiles } from './package-files.mjs';

const LARGEST_BYTES = 150e6;

const targets = process.argv.slice(2);
if (targets.length === 0) targets.push(`${process.platform}-${process.arch}`);
try {
  for (const target of targets) await makePackage(target);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makePackage(target) {
  const files = packageFiles(target);
  const cwd = resolve('dist/package', target);
  rmSync(cwd, { recursive: true, force: true });
  for (const [from, to] of files) {
    mkdirSync(dirname(join(cwd, to)), { recursive: true });
    cpSync(from, join(cwd, to), { recursive: true, filter: isWanted });
  }
  writeFileSync(join(cwd, 'package.json'), manifest());
  const bundled = files.flatMap(([path]) => packagesIn(bundles[path]));
  writeFileSync(join(cwd, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices([...bundled, ...packagedModules]));
  const packagePath = resolve(`dist/vitrine-${target}.vsix`);
  const options = { dependencies: false, rewriteRelativeLinks: false, allowMissingRepository: true };
  await createVSIX({ cwd, target, packagePath, ...options });
  rmSync(cwd, { recursive: true });
  const { size } = statSync(packagePath);
  if (size > LARGEST_BYTES) throw new Error(`${packagePath} has ${size} bytes, more than ${LARGEST_BYTES}.`);
}

/** The manifest without what concerns only the repository. */
function manifest() {
  const kept = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const key of ['private', 'bin', 'scripts', 'dependencies', 'devDependencies']) delete kept[key];
  return JSON.stringify({ ...kept, files: ['**'] }, null, 2);
}
