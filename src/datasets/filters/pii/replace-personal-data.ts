import type { Span } from '../../../shared/filters-api';
import { emails } from './emails';
import { ipAddresses } from './ip-addresses';

/** datatrove's: addresses of domains that are kept for examples, and IP addresses that nobody answered at. */
const EMAILS = ['email@example.com', 'firstname.lastname@example.org'];
const IP_ADDRESSES = [
  '22.214.171.124',
  '126.96.36.199',
  '188.8.131.52',
  '184.108.40.206',
  '220.127.116.11',
  '18.104.22.168',
];

/** Puts others in the place of e-mail and public IP addresses, in turn, over all texts that it is given: datatrove's PIIFormatter. */
export class PersonalDataReplacer {
  #emails = 0;
  #ipAddresses = 0;

  replace(text: string): string {
    const withoutEmails = replaced(text, emails(text), () => EMAILS[this.#emails++ % EMAILS.length] as string);
    const next = () => IP_ADDRESSES[this.#ipAddresses++ % IP_ADDRESSES.length] as string;
    return replaced(withoutEmails, ipAddresses(withoutEmails), next);
  }
}

function replaced(text: string, spans: Span[], next: () => string): string {
  let result = '';
  let last = 0;
  for (const { start, end } of spans) {
    result += text.slice(last, start) + next();
    last = end;
  }
  return result + text.slice(last);
}
