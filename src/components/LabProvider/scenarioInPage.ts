import type { StillScenario } from './scenario';

const read = new Map<string, StillScenario>();

/** The data that the server put into this page; undefined on a page that was reached without a reload: its lab comes soon. */
export function findScenario(name: string): StillScenario | undefined {
  const known = read.get(name);
  if (known || typeof document === 'undefined') return known;
  const text = document.querySelector(`script[data-scenario="${CSS.escape(name)}"]`)?.textContent;
  if (!text) return undefined;
  try {
    const scenario = JSON.parse(text) as StillScenario;
    read.set(name, scenario);
    return scenario;
  } catch {
    return undefined;
  }
}
