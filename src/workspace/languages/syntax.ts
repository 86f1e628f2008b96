/** As much of a language's syntax as tells comments and strings from code. */
export interface PartSyntax {
  /** With the rest of its line, or to where it is closed. */
  comment: RegExp;
  /** Also one that is not closed, to the end of its line or of the file. */
  string: RegExp;
  /** Whether a string that is a statement of its own says what the code around it does: a comment. */
  hasDocstrings?: boolean;
  /** What is neither, however it looks: regular expressions. */
  plain?: RegExp;
}

/** As much of a language's syntax as tells what stands in a line. */
export interface Syntax extends PartSyntax {
  /** Tested on the line: it takes in what another file, module or package has. */
  imports: RegExp;
  /** Tested on the line: a function, a method or a type begins here. */
  declaration: RegExp;
}

const NONE = /(?!)/;
const QUOTED = /"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/;
const TEMPLATE = /`(?:\\[\s\S]|\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`\\])*`?/;
const SLASHES = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/;
const HASH = /#[^\n]*/;

/** To the bracket that closes the one before it, with no more than one pair in another. */
const IN_BRACKETS = /(?:[^()]|\([^()]*\))*\)/;

const union = (...parts: RegExp[]) => new RegExp(parts.map(({ source }) => source).join('|'));

const TYPES = /class|interface|struct|enum|trait|impl|union|typedef|namespace|protocol|extension|record|object|mod/;
const FUNCTIONS = /fn|func|fun|function|def|sub|defp|defmodule|defmacro/;
const MODIFIERS =
  /(?:(?:export|default|declare|public|private|protected|internal|static|final|abstract|sealed|async|unsafe|extern|override|open|inline|data|partial|virtual|constexpr|pub(?:\([^)]*\))?)\s+)*/;
const NAMED = new RegExp(`^\\s*${MODIFIERS.source}(?:${TYPES.source}|${FUNCTIONS.source})\\b`);
/** A name with parameters and a body, and nothing that calls or branches before them. */
const WITH_BODY =
  /^\s*(?!(?:if|for|while|switch|catch|return|else|do|new|throw|await|with|match|when|using|lock|foreach)\b)(?:[\w$<>[\],.*&:?#~@]+\s+)*[*&]?[\w$#:~]+\s*(?:<[^>]*>)?\([^;=]*\)[^;=]*\{\s*$/;

const C_LIKE: Syntax = {
  comment: SLASHES,
  string: QUOTED,
  imports: /^\s*(?:#\s*(?:include|import)\b|@?import\b|using\b|package\b|use\b|pub\s+use\b|extern\s+crate\b)/,
  declaration: union(NAMED, WITH_BODY),
};

const HASHED: Syntax = {
  comment: HASH,
  string: QUOTED,
  imports: /^\s*(?:import|require|require_relative|include|source|use|library|using|from)\b|^\s*\.\s/,
  declaration: union(NAMED, WITH_BODY),
};

/** A variable or a field that is a function. Its arrow may stand in a later line where what begins is hardly anything else. */
const ARROW_FUNCTION = new RegExp(
  String.raw`^\s*(?:(?:export|const|let|var|public|private|protected|static|readonly|override)\s+)+[\w$#]+\s*(?::.{1,200}?)?=\s*(?:(?:async\s+)?function\b|(?:async\s+)?[\w$]+\s*=>|(?:async\s*)?(?:<[^()]*>\s*)?\(${IN_BRACKETS.source}\s*(?::[^=]*)?=>|async\s*(?:<[^()]*>\s*)?\([^)]*$|\(\s*\{[^)]*$)`,
);
/** Of a class: a modifier tells it from a call, as do parameters that are closed before a body begins. */
const SCRIPT_METHOD = new RegExp(
  String.raw`^\s*(?:constructor\s*\(|(?:(?:public|private|protected|static|override|abstract|async|get|set)\s+)+\*?\s*[\w$#]+\s*(?:<[^()]*>)?\(|(?!(?:if|for|while|switch|catch|with)\b)\*?[\w$#]+\s*(?:<[^()]*>)?\(${IN_BRACKETS.source}\s*(?::[^;]*)?\{\s*$)`,
);

const INDENTED: Syntax = {
  comment: HASH,
  string: union(/"""[\s\S]*?(?:"""|$(?![\s\S]))|'''[\s\S]*?(?:'''|$(?![\s\S]))/, QUOTED),
  imports: /^\s*(?:import|from)\s/,
  declaration: /^\s*(?:(?:async\s+)?def|class)\b/,
};

export const SYNTAXES = {
  cLike: C_LIKE,
  script: {
    ...C_LIKE,
    string: union(TEMPLATE, QUOTED),
    // What stands before the slash is looked at where there is one: else at every place of much white space.
    plain: /\/(?<=(?:^|[=(,:;!&|?{}[\n]|\breturn)\s*\/)(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}\]|[^/\\\n[])+\//,
    imports: /^\s*(?:import\b(?!\s*[(.])|export\s+(?:type\s+)?(?:\*|\{)|(?:const|let|var)\s.*=\s*require\()/,
    declaration: union(
      new RegExp(`^\\s*${MODIFIERS.source}(?:class|interface|enum|namespace|function|type\\s+\\w+\\s*[=<])`),
      ARROW_FUNCTION,
      SCRIPT_METHOD,
      WITH_BODY,
    ),
  },
  go: { ...C_LIKE, string: union(/`[^`]*`?/, QUOTED), imports: /^\s*(?:import|package)\b/ },
  /** An apostrophe alone begins a lifetime. */
  rust: { ...C_LIKE, string: /b?r#*"[\s\S]*?(?:"#*|$(?![\s\S]))|"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[^\n]|[^'\\\n])'/ },
  indented: INDENTED,
  python: { ...INDENTED, hasDocstrings: true },
  hashed: HASHED,
  php: { ...C_LIKE, comment: union(SLASHES, HASH), imports: /^\s*(?:use|namespace|require|include)(?:_once)?\b/ },
  shell: { ...HASHED, comment: /(?<=^|\s)#[^\n]*/m, declaration: /^\s*(?:function\s+[\w-]+|[\w-]+\s*\(\)\s*\{?)/ },
  dashed: {
    comment:
      /--\[\[[\s\S]*?(?:\]\]|$(?![\s\S]))|\{-[\s\S]*?(?:-\}|$(?![\s\S]))|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/,
    string: QUOTED,
    imports: /^\s*(?:import\b|(?:local\s+)?[\w.]*\s*=?\s*require\b)/,
    declaration:
      /^\s*(?:create\s|(?:local\s+)?function\b|class\b|data\b|newtype\b|instance\b|module\b|type\b|[\w']+\s*::)/i,
  },
  /** An apostrophe alone quotes a form. */
  semicolons: {
    comment: /;[^\n]*/,
    string: /"(?:\\[\s\S]|[^"\\])*"?/,
    imports: /^\s*\((?:ns|require|use|import)\b/,
    declaration: /^\s*\(def/,
  },
  percents: {
    comment: /%[^\n]*/,
    string: QUOTED,
    imports: /^\s*-?(?:import|include)\b/,
    declaration: /^[a-z]\w*\(.*->/,
  },
  parentheses: {
    comment: /\(\*[\s\S]*?(?:\*\)|$(?![\s\S]))|\/\/[^\n]*/,
    string: /"(?:\\[\s\S]|[^"\\])*"?/,
    imports: /^\s*(?:open|include)\b/,
    declaration: /^\s*(?:let(?:\s+rec)?\s+\w+\s+[^=\s]|type|module|class|member|and)\b/,
  },
  basic: {
    comment: /'[^\n]*|(?<=^|\n)\s*rem\b[^\n]*/i,
    string: /"[^"\n]*"?/,
    imports: /^\s*imports\b/i,
    declaration: /^\s*(?:\w+\s+)*(?:sub|function|class|module|structure|interface|enum|property)\s+\w/i,
  },
  batch: { comment: /(?<=^|\n)\s*(?:rem\b|::)[^\n]*/i, string: /"[^"\n]*"?/, imports: NONE, declaration: /^\s*:\w/ },
  styles: { comment: SLASHES, string: QUOTED, imports: /^\s*@(?:import|use|forward)\b/, declaration: NONE },
  markup: {
    comment: /<!--[\s\S]*?(?:-->|$(?![\s\S]))|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/,
    string: /"[^"\n]*"?/,
    imports: /^\s*import\b/,
    declaration: NONE,
  },
} satisfies Record<string, Syntax>;
