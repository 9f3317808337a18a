/** Names of parameters as attributes of operators have them. */
const known = new Map<string, string>();

/** `in_channels` → `inChannels`. */
export function camelCase(name: string): string {
  let result = known.get(name);
  if (result === undefined) {
    result = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    known.set(name, result);
  }
  return result;
}
