import type { LeftOut } from '../../shared/workspace-api';

/*
 * Paths of what nobody wrote in this folder, as GitHub's Linguist tells them apart: `vendor.yml` and `generated.rb` of
 * https://github.com/github-linguist/linguist. Of its list, names that many people give to folders of their own (`cache`,
 * `tools`, `env`) and single libraries that are hardly copied today are left out.
 */

const VENDORED = [
  /(^|\/)node_modules\//,
  /(^|\/)bower_components\//,
  /(^|\/)(third|3rd)[-_]?party\//i,
  /(^|\/)vendors?\//i,
  /(^|\/)extern(al)?s?\//,
  /^[Dd]ependencies\//,
  /^deps\//,
  /(^|\/)dist\//,
  /(^|\/)\.yarn\//,
  /(^|\/)(Pods|Carthage)\//,
  /(^|\/)Godeps\//,
  /(^|\/)site-packages\//,
  /(^|\/)gradle\/wrapper\//,
  /(^|\/)(gradlew|mvnw)(\.bat|\.cmd)?$/,
  /(^|\/)(configure|config\.guess|config\.sub|aclocal\.m4|libtool\.m4)$/,
  /(^|\/)(jquery|bootstrap|angular|react|prototype|mootools|modernizr|d3)([-.][^/]*)?\.(js|css)$/,
  /^[Tt]ests?\/fixtures\//,
  /^[Ss]pecs?\/fixtures\//,
];

const GENERATED = [
  /(^|\/)__generated__\//,
  /\.designer\.(cs|vb)$/i,
  /\.feature\.cs$/i,
  /\.pb\.(go|cc|h)$/,
  /_pb2(_grpc)?\.pyi?$/,
  /\.(g|freezed|gr)\.dart$/,
  /\.zep\.(c|h|php)$/,
  /(^|\/)\.pnp\.[cm]?js$/,
];

const MINIFIED = /[.-]min\.(js|css)$/;

/** Why a file is left out, as far as its path tells. */
export function leftOutByPath(path: string): LeftOut | undefined {
  if (MINIFIED.test(path)) return 'minified';
  if (VENDORED.some((rule) => rule.test(path))) return 'vendored';
  return GENERATED.some((rule) => rule.test(path)) ? 'generated' : undefined;
}
