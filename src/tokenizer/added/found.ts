import type { AddedToken } from './automaton';

/** Where an added token stands, in UTF-16 units, with the white space that it takes in. */
export interface Found {
  start: number;
  end: number;
  token: AddedToken;
}
