export { shortModelName, vocabularyName } from '../shared/names';
