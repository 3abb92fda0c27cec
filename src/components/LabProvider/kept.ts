import { useContext, useEffect, useLayoutEffect, useState } from 'react';
import { keptKey } from '../../lab/progress/keys';
import { LabContext } from './context';

const useIsomorphicLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

/**
 * State of a widget that outlives a reload: opened hints, answers that were tried. `name` tells it from the others of its lesson;
 * `accept` gives undefined for anything that this widget cannot have written, which is then ignored.
 */
export function useKept<T>(name: string, initial: T, accept: (value: unknown) => T | undefined): [T, (next: T) => void] {
  const context = useContext(LabContext);
  const storage = context?.storage;
  const key = keptKey(context?.scenarioName ?? '', name);
  const [value, setValue] = useState(initial);
  useIsomorphicLayoutEffect(() => {
    const kept = storage && accept(parse(storage.getItem(key)));
    setValue(kept ?? initial);
    // Read once per place: `initial` and `accept` are the same for it every time.
  }, [storage, key]);
  const keep = (next: T) => {
    setValue(next);
    storage?.setItem(key, JSON.stringify(next));
  };
  return [value, keep];
}

/** Accepts whole numbers from 0 to `most`. */
export const countUpTo =
  (most: number) =>
  (value: unknown): number | undefined =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most ? (value as number) : undefined;

/** Accepts a list of different whole numbers below `count`. */
export const someOf =
  (count: number) =>
  (value: unknown): number[] | undefined =>
    Array.isArray(value) && new Set(value).size === value.length && value.every((one) => countUpTo(count - 1)(one) !== undefined)
      ? (value as number[])
      : undefined;

export const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
