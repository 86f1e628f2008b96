/** The address that results have of a path. */
export const uriOf = (path: string) => encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
