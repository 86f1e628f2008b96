import * as v from 'valibot';

/** A method of a host as a page may call it. */
export type PageMethod = (...given: unknown[]) => Promise<unknown>;

/**
 * What a page may call: a method that there is, with arguments of the right form.
 *
 * @param schemas what each method takes, argument by argument
 * @returns undefined for anything else that is called.
 */
export function checkedMethodOf<Host extends object>(
  schemas: Readonly<Record<string, readonly v.GenericSchema[]>>,
  host: Host,
  name: string,
): PageMethod | undefined {
  if (!Object.hasOwn(schemas, name)) return undefined;
  return async (...given) => {
    const checked = (schemas[name] ?? []).map((schema, place) => v.parse(schema, given[place]));
    // The table of methods loses the connection between a method and its arguments.
    return (host[name as keyof Host] as (...checked: unknown[]) => Promise<unknown>)(...checked);
  };
}
