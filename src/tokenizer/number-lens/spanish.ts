import type { NumberSentences } from './report';

const list = new Intl.ListFormat('es', { type: 'conjunction' });
const percent = new Intl.NumberFormat('es', { style: 'percent' });

export const spanish: NumberSentences = {
  opaque: (vocabulary, number, { id }) => {
    if (/\D/.test(number)) return `En ${vocabulary}, ${number} es el token ${id}: el modelo no ve sus cifras.`;
    const value = BigInt(number);
    const place = value === 0n ? 'antes del 1' : `entre ${value - 1n} y ${value + 1n}`;
    return `En ${vocabulary}, ${number} es el token ${id}: el modelo no ve sus cifras; que está ${place} lo ha tenido que aprender.`;
  },
  digits: (vocabulary, number, count) =>
    count === 1
      ? `En ${vocabulary}, ${number} es un solo token, y una sola cifra.`
      : `En ${vocabulary}, ${number} son ${count} tokens, uno por cifra: el modelo ve todas las cifras, y ha tenido que aprender cuánto vale el lugar de cada una.`,
  pieces: (vocabulary, number, tokens) =>
    `En ${vocabulary}, ${number} son ${tokens.length} tokens, ${list.format(tokens)}: el modelo no ve las cifras que hay dentro de un token.`,
  fraction: (vocabulary, number, tokens, point, isApart) =>
    `En ${vocabulary}, ${number} son ${tokens.length} tokens, ${tokens.join(' ')}: ${isApart ? `lo que hay antes y después de «${point}» se corta como dos números, y lo que vale ese signo lo ha tenido que aprender el modelo.` : `«${point}» comparte un token con cifras.`}`,
  signed: (vocabulary, number, tokens, isApart) =>
    `En ${vocabulary}, ${number} son ${tokens.length} tokens, ${tokens.join(' ')}: el signo menos ${isApart ? 'es un token aparte, y que es parte del número lo ha tenido que aprender el modelo.' : 'comparte un token con cifras.'}`,
  unseen: (vocabulary, text, digits) =>
    digits.length === 1
      ? `${vocabulary} no tiene ningún token para la cifra ${digits[0]} de ${text}: el modelo no la ve.`
      : `${vocabulary} no tiene tokens para las cifras ${list.format(digits)} de ${text}: el modelo no las ve.`,
  noDigits: (vocabulary, text) =>
    `${vocabulary} no tiene tokens para ninguna cifra: el modelo no ve nada de ${text}, ni de ningún otro número.`,
  notRead: (text) =>
    `«${text}» no se lee como un número. Escribe cifras, 40 como máximo, como 327, 1.327 o 3,14, o una suma como 999 + 1.`,
  noSum: (text) =>
    `«${text}» no es una operación que se pueda disponer. Escribe dos números enteros con + o - entre ellos, como 999 + 1, con un resultado de 0 o más.`,
  rule: ({ digitsAPiece }) => {
    if (digitsAPiece === undefined) {
      return 'Una serie de cifras es un solo trozo, por larga que sea: qué cifras comparten un token depende de lo que aprendieron las fusiones.';
    }
    return digitsAPiece === 1
      ? 'Dos cifras nunca se fusionan: cada cifra es un token.'
      : `Las cifras se cortan desde la izquierda en trozos de ${digitsAPiece} como máximo, y nada se fusiona fuera de su trozo: ningún token tiene más.`;
  },
  space: (takesSpace) =>
    takesSpace
      ? 'Un espacio delante de un número puede ser parte de su primer token.'
      : 'Un espacio delante de un número nunca es parte de sus tokens.',
  groups: (groups, tokens, { digitsAPiece }) =>
    `Las personas leen los grupos ${groups.join(' ')}, desde la derecha; el modelo lee ${tokens.join(' ')}, ${digitsAPiece === undefined ? 'según sus fusiones' : 'cortado desde la izquierda'}.`,
  map: ({ firstSplit, shares }) => {
    const first =
      firstSplit === undefined
        ? 'Todos los enteros menores que un millón son un solo token'
        : `El primer entero que no es un solo token es ${firstSplit}`;
    return `${first}; el ${percent.format(shares[2] ?? 0)} de los números de tres cifras son un único token opaco.`;
  },
  sum: (vocabulary, { a, sign, b, c, carries, crossings }) => {
    const sum = `${a.digits} ${sign} ${b.digits} = ${c.digits}`;
    const times = (count: number) => (count === 1 ? 'una vez' : `${count} veces`);
    if (carries.length === 0) return `En ${vocabulary}, ${sum} no lleva nada: cada lugar se basta a sí mismo.`;
    return crossings.length === 0
      ? `En ${vocabulary}, en ${sum} se lleva ${times(carries.length)}, nunca de un token a otro: todo ocurre dentro de los tokens.`
      : `En ${vocabulary}, en ${sum} se lleva ${times(carries.length)}, y ${times(crossings.length)} a través del borde entre dos tokens: allí las cifras de uno dependen de las del otro.`;
  },
};
