import { SYNTAXES, type Syntax } from './syntax';

/** A programming language: by its name in the editor, the endings and names of its files, and how it is written. */
type Row = readonly [id: string, syntax: keyof typeof SYNTAXES, endings: string, names?: string];

const ROWS: readonly Row[] = [
  ['typescript', 'script', 'ts mts cts'],
  ['typescriptreact', 'script', 'tsx'],
  ['javascript', 'script', 'js mjs cjs es6'],
  ['javascriptreact', 'script', 'jsx'],
  ['python', 'python', 'py pyi pyw', 'SConstruct SConscript'],
  ['java', 'cLike', 'java jav'],
  ['kotlin', 'cLike', 'kt kts'],
  ['scala', 'cLike', 'scala sc sbt'],
  ['groovy', 'cLike', 'groovy gradle', 'Jenkinsfile'],
  ['c', 'cLike', 'c'],
  ['cpp', 'cLike', 'cpp cc cxx c++ h hpp hh hxx h++ ino inl ipp ixx'],
  ['cuda-cpp', 'cLike', 'cu cuh'],
  ['objective-c', 'cLike', 'm'],
  ['objective-cpp', 'cLike', 'mm'],
  ['csharp', 'cLike', 'cs csx cake'],
  ['go', 'go', 'go'],
  ['rust', 'rust', 'rs'],
  ['swift', 'cLike', 'swift'],
  ['dart', 'cLike', 'dart'],
  ['php', 'php', 'php php4 php5 phtml'],
  ['zig', 'cLike', 'zig'],
  ['solidity', 'cLike', 'sol'],
  ['proto3', 'cLike', 'proto'],
  ['glsl', 'cLike', 'glsl vert frag'],
  ['wgsl', 'cLike', 'wgsl'],
  ['ruby', 'hashed', 'rb rbx rake gemspec podspec', 'Rakefile Gemfile Guardfile Podfile Capfile Thorfile Vagrantfile'],
  ['perl', 'hashed', 'pl pm t psgi'],
  ['r', 'hashed', 'r rhistory rprofile'],
  ['julia', 'indented', 'jl'],
  ['elixir', 'hashed', 'ex exs'],
  ['nim', 'indented', 'nim nims'],
  ['coffeescript', 'indented', 'coffee cson', 'Cakefile'],
  ['graphql', 'hashed', 'graphql gql'],
  ['terraform', 'hashed', 'tf'],
  ['powershell', 'hashed', 'ps1 psm1 psd1'],
  ['shellscript', 'shell', 'sh bash zsh ksh fish'],
  ['dockerfile', 'shell', 'dockerfile', 'Dockerfile Containerfile'],
  ['makefile', 'shell', 'mk mak', 'Makefile GNUmakefile makefile'],
  ['cmake', 'shell', 'cmake', 'CMakeLists.txt'],
  ['lua', 'dashed', 'lua'],
  ['sql', 'dashed', 'sql dsql'],
  ['haskell', 'dashed', 'hs lhs'],
  ['elm', 'dashed', 'elm'],
  ['clojure', 'semicolons', 'clj cljs cljc edn'],
  ['lisp', 'semicolons', 'lisp lsp cl el scm rkt'],
  ['erlang', 'percents', 'erl hrl'],
  ['matlab', 'percents', 'mlx'],
  ['ocaml', 'parentheses', 'ml mli'],
  ['fsharp', 'parentheses', 'fs fsi fsx'],
  ['vb', 'basic', 'vb bas vba'],
  ['bat', 'batch', 'bat cmd'],
  ['css', 'styles', 'css'],
  ['scss', 'styles', 'scss'],
  ['less', 'styles', 'less'],
  ['html', 'markup', 'html htm xhtml'],
  ['vue', 'markup', 'vue'],
  ['svelte', 'markup', 'svelte'],
  ['astro', 'markup', 'astro'],
];

const byEnding = new Map(ROWS.flatMap(([id, , endings]) => endings.split(' ').map((ending) => [ending, id] as const)));
const byName = new Map(ROWS.flatMap(([id, , , names = '']) => names.split(' ').map((name) => [name, id] as const)));
const syntaxes = new Map<string, Syntax>(ROWS.map(([id, syntax]) => [id, SYNTAXES[syntax]]));

/** The language of a file of code by its name, as the editor calls it; undefined where the name says none. */
export function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : undefined;
  return byName.get(name) ?? (ending === undefined ? undefined : byEnding.get(ending));
}

/** How a language is written, where it is one of those above. */
export const knownSyntaxOf = (languageId: string): Syntax | undefined => syntaxes.get(languageId);

/** How a language is written; of one that is not known, as C is. */
export const syntaxOf = (languageId: string): Syntax => knownSyntaxOf(languageId) ?? SYNTAXES.cLike;
