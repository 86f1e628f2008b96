import type { NumberSentences } from './report';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const percent = new Intl.NumberFormat('en-GB', { style: 'percent' });

export const english: NumberSentences = {
  opaque: (vocabulary, number, { id }) => {
    if (/\D/.test(number))
      return `In ${vocabulary}, ${number} is token ${id}: its digits are not visible to the model.`;
    const value = BigInt(number);
    const place = value === 0n ? 'that it stands before 1' : `where it stands between ${value - 1n} and ${value + 1n}`;
    return `In ${vocabulary}, ${number} is token ${id}: its digits are not visible to the model; ${place} had to be learnt.`;
  },
  digits: (vocabulary, number, count) =>
    count === 1
      ? `In ${vocabulary}, ${number} is one token, and a digit by itself.`
      : `In ${vocabulary}, ${number} is ${count} tokens, one a digit: the model sees every digit, and had to learn what its place is worth.`,
  pieces: (vocabulary, number, tokens) =>
    `In ${vocabulary}, ${number} is ${tokens.length} tokens, ${list.format(tokens)}: the digits inside a token are not visible to the model.`,
  fraction: (vocabulary, number, tokens, point, isApart) =>
    `In ${vocabulary}, ${number} is ${tokens.length} tokens, ${tokens.join(' ')}: ${isApart ? `what stands before and after the "${point}" is cut as two numbers, and what that sign is worth had to be learnt.` : `the "${point}" shares a token with digits.`}`,
  signed: (vocabulary, number, tokens, isApart) =>
    `In ${vocabulary}, ${number} is ${tokens.length} tokens, ${tokens.join(' ')}: the minus ${isApart ? 'is a token by itself, and that it belongs to the number had to be learnt.' : 'shares a token with digits.'}`,
  unseen: (vocabulary, text, digits) =>
    digits.length === 1
      ? `${vocabulary} has no token for the digit ${digits[0]} of ${text}: the model does not see it.`
      : `${vocabulary} has no tokens for the digits ${list.format(digits)} of ${text}: the model does not see them.`,
  noDigits: (vocabulary, text) =>
    `${vocabulary} has no token for any digit: the model sees nothing of ${text}, nor of another number.`,
  notRead: (text) =>
    `"${text}" is not read as a number. Write digits, 40 at most, such as 327, 1,327 or 3.14, or a sum such as 999 + 1.`,
  noSum: (text) =>
    `"${text}" is no sum that can be laid out. Write two whole numbers with + or - between them, such as 999 + 1, with a result of 0 or more.`,
  rule: ({ digitsAPiece }) => {
    if (digitsAPiece === undefined) {
      return 'A row of digits is one piece, however long: which of them share a token depends on what its merges learnt.';
    }
    return digitsAPiece === 1
      ? 'Two digits never merge: every digit is a token of its own.'
      : `Digits are cut from the left into pieces of up to ${digitsAPiece}, and merges stay inside a piece: no token has more.`;
  },
  space: (takesSpace) =>
    takesSpace
      ? 'A space before a number can be part of its first token.'
      : 'A space before a number is never part of its tokens.',
  groups: (groups, tokens, { digitsAPiece }) =>
    `People read the groups ${groups.join(' ')}, from the right; the model reads ${tokens.join(' ')}, ${digitsAPiece === undefined ? 'as its merges go' : 'cut from the left'}.`,
  map: ({ firstSplit, shares }) => {
    const first =
      firstSplit === undefined
        ? 'All integers below a million are one token'
        : `The first integer that is not one token is ${firstSplit}`;
    return `${first}; ${percent.format(shares[2] ?? 0)} of the numbers of three digits are one opaque token.`;
  },
  sum: (vocabulary, { a, sign, b, c, carries, crossings }) => {
    const sum = `${a.digits} ${sign} ${b.digits} = ${c.digits}`;
    const [moved, move] = sign === '+' ? ['carried', 'a carry'] : ['borrowed', 'a borrow'];
    if (carries.length === 0) return `In ${vocabulary}, ${sum} needs nothing ${moved}: each place stands for itself.`;
    const times = carries.length === 1 ? 'once' : `${carries.length} times`;
    const crossed = crossings.length === 1 ? 'once' : `${crossings.length} times`;
    return crossings.length === 0
      ? `In ${vocabulary}, ${sum} has ${move} ${times}, never from one token to another: all of it happens inside tokens.`
      : `In ${vocabulary}, ${sum} has ${move} ${times}, and ${crossed} across the edge between two tokens: there the digits of one depend on those of the other.`;
  },
};
