/** What is so, what is not, and what is no sentence: the order in which a model that knows Spanish has them. */
export const SPANISH_ORDER = ['El ratón comió el queso.', 'El queso comió el ratón.', 'El el ratón queso.'];
