/** The name people are called by: `Dana` of `Dana Reyes`. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
