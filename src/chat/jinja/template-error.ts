/** What a template does wrong, said so that it goes on after “The chat template …”. */
export class TemplateError extends Error {}

/** What a template refuses by `raise_exception`, in its own words. */
export class TemplateRefusal extends Error {}
