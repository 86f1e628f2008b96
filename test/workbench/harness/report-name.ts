/** The file of the opened folder in which code in the extension host leaves its result. */
export const REPORT = 'report.json';
