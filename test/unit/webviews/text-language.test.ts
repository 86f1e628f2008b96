import { expect, it } from 'vitest';
import { languageOf } from '../../../webviews/kit/text-language';

/** The first article of the Universal Declaration of Human Rights, as the United Nations publish it. */
const ARTICLE = {
  en: 'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
  es: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
  fr: 'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.',
  de: 'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.',
  it: 'Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.',
  pt: 'Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.',
  ru: 'Все люди рождаются свободными и равными в своем достоинстве и правах.',
  el: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
  ja: 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。',
  zh: '人人生而自由，在尊严和权利上一律平等。',
  ko: '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.',
  ar: 'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.',
  he: 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.',
} as const;

it.each(Object.entries(ARTICLE))('takes a text in %s for nothing else', (language, text) => {
  expect(languageOf(text)?.languages).toContain(language);
});

it.each([
  ['El ratón comió el queso.', 'es'],
  ['The mouse ate the cheese.', 'en'],
  ['const el = document.querySelector("y"); for (const x of el) el.y = 1;', undefined],
  [ARTICLE.ja, 'ja'],
  [ARTICLE.zh, 'zh'],
  [ARTICLE.ru, 'Cyrl'],
  ['Los Angeles and Las Vegas', undefined],
  ['queso', undefined],
  ['327 + 1 = 328', undefined],
  ['', undefined],
])('is certain of what is: %s', (text, language) => {
  expect(languageOf(text)?.code).toBe(language);
});
