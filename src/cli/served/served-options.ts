/** A model that is asked for on a server. */
export interface ServedOptions {
  /** Its address. */
  server: string;
  /** As the server has it; undefined where it has one only. */
  model?: string | undefined;
  /** Where its vocabulary is: a path, or a name of the hub; undefined where the server says. */
  vocabulary?: string | undefined;
}

export const isServed = (options: { server?: string | undefined }): options is ServedOptions =>
  options.server !== undefined;
