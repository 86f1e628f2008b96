/** What stands before a piece of text: nothing, an added token, or more text. */
export type Before = 'nothing' | 'added' | 'text';
