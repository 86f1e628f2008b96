/** What Python's `str.isspace` takes for white space, for a class of a regular expression. JavaScript's differs in six. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** What ends a line for Python's `str.splitlines`, as the source of a regular expression. */
export const LINE_END = '\\r\\n|[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]';
