/** A function by the names of its module and of its export. */
export interface FunctionPath {
  /** Path of the module below the functions' folder, without extension. */
  readonly module: string;
  /** Name of the export. */
  readonly name: string;
}

/**
 * Reads a path as clients write it: `folder/module:name`, with an optional
 * `.js` after the module, and `default` when no name is given.
 */
export function parseFunctionPath(path: string): FunctionPath {
  const separator = path.lastIndexOf(":");
  const module = separator < 0 ? path : path.slice(0, separator);
  return {
    module: module.endsWith(".js") ? module.slice(0, -".js".length) : module,
    name: separator < 0 ? "default" : path.slice(separator + 1),
  };
}

/** The one spelling of a path that the engine and log lines use. */
export function formatFunctionPath(path: FunctionPath): string {
  return `${path.module}:${path.name}`;
}
