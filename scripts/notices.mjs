import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the licence MIT asks to be repeated; some packages name it and leave the text out. */
const MIT = readFileSync('LICENSE', 'utf8').replace(/^[\s\S]*?(?=Permission is hereby granted)/, '');

/** What is no package: characters and exceptions of spaCy's English, in src/datasets/text/english-rules.json. */
const SPACY = `spaCy 3.8 (MIT)
https://github.com/explosion/spaCy

The MIT License (MIT)

Copyright (C) 2016-2024 ExplosionAI GmbH, 2016 spaCy GmbH, 2015 Matthew Honnibal

${MIT.trim()}
`;

/**
 * The packages whose code is in a bundle.
 *
 * @param {{ inputs: Record<string, unknown> } | undefined} bundle esbuild's account of it; nothing for what is no bundle.
 */
export function packagesIn(bundle) {
  const paths = Object.keys(bundle?.inputs ?? {});
  return paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
}

/** Packages of which a table is passed on and no code: scripts/language-ngrams.mjs. */
const TABLES = ['eld'];

/**
 * The licences of packages that are passed on, one after another.
 *
 * @param {Iterable<string>} names of packages in node_modules.
 */
export function thirdPartyNotices(names) {
  const notices = [...new Set([...names, ...TABLES])].sort().map(noticeOf);
  const heading = 'Vitrine contains these packages. The model that comes with it: models/PROVENANCE.md.\n';
  return [heading, ...notices, SPACY].join(`\n${'-'.repeat(80)}\n\n`);
}

function noticeOf(name) {
  const folder = join('node_modules', name);
  const { version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file && license !== 'MIT') throw new Error(`${name} has the licence ${license}, whose text is not at hand.`);
  const text = file ? readFileSync(join(folder, file), 'utf8') : `Copyright (c) the authors of ${name}\n\n${MIT}`;
  return `${name} ${version} (${license})\n${repository?.url ?? repository ?? ''}\n\n${text.trim()}\n`;
}
