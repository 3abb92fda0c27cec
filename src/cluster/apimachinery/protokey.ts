/** In JavaScript this is no key like others: it names what an object inherits from, and with it that of every other object. */
const KEY = '__proto__';

export const untakenKey = `this simulator does not take keys named ${JSON.stringify(KEY)}`;

/** Whether a map of a JSON value, at any depth, has that key. */
export function hasProtoKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, KEY) || Object.values(value).some(hasProtoKey);
}

/** @throws Error for that key */
export function checkKey(key: string): void {
  if (key === KEY) throw new Error(untakenKey);
}
