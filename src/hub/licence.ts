import { type Sentence, sentence } from '../shared/errors';

/** On which terms a model may be used. */
export interface Licence {
  /** Undefined where its card names none. */
  name: string | undefined;
  /** Where it can be read. */
  link: string;
  /** Terms that bind whoever uses the model, which are more than a licence of software. */
  isTerms: boolean;
}

/** By the identifiers of model cards. */
const TERMS: Readonly<Record<string, { name: string; link: string }>> = {
  gemma: { name: 'Gemma Terms of Use', link: 'https://ai.google.dev/gemma/terms' },
  llama2: { name: 'Llama 2 Community License', link: 'https://ai.meta.com/llama/license/' },
  llama3: { name: 'Llama 3 Community License', link: 'https://www.llama.com/llama3/license/' },
  'llama3.1': { name: 'Llama 3.1 Community License', link: 'https://www.llama.com/llama3_1/license/' },
  'llama3.2': { name: 'Llama 3.2 Community License', link: 'https://www.llama.com/llama3_2/license/' },
  'llama3.3': { name: 'Llama 3.3 Community License', link: 'https://www.llama.com/llama3_3/license/' },
  llama4: { name: 'Llama 4 Community License', link: 'https://www.llama.com/llama4/license/' },
};

/** Identifiers that say only that the card names and links one of its own. */
const OWN = new Set(['other', 'unknown']);

/** What a card says of the licence; each may be missing, or anything. */
export interface CardLicence {
  license?: string | undefined;
  license_name?: string | undefined;
  license_link?: string | undefined;
}

/** @param page of the model, where its card can be read */
export function licenceOf({ license, license_name, license_link = '' }: CardLicence, page: string): Licence {
  const id = license?.toLowerCase() ?? '';
  const terms = TERMS[id];
  if (terms) return { ...terms, isTerms: true };
  const link = /^https?:\/\//.test(license_link) && URL.canParse(license_link) ? license_link : page;
  return { name: (OWN.has(id) ? license_name || license : license) || undefined, link, isTerms: false };
}

/** For whoever is asked whether to get the model. */
export function licenceSentence({ name, link, isTerms }: Licence): Sentence {
  if (name === undefined) return sentence`Its card names no licence: ${link}`;
  return isTerms ? sentence`Whoever uses it accepts the ${name}: ${link}` : sentence`Licence: ${name}, ${link}`;
}
