import { seedOf } from '../../lab/exam/name';
import { playgroundOptions } from '../../lab/scenarios/playground';
import { toQuery } from '../Playground/query';

/** The embed that shows a lab: its folder below embed/, the parameters that make it this lab, and the page of the site it is about. Both below the root of the page's language. */
export function embedOf(scenario: string): { id: string; query: Record<string, string>; at: string } {
  const options = playgroundOptions(scenario);
  if (options) return { id: 'playground', query: { scenario }, at: `playground/${toQuery(options)}` };
  const seed = seedOf(scenario);
  if (seed !== undefined) return { id: 'exam', query: { seed: String(seed) }, at: `learn/exam/?seed=${seed}` };
  if (scenario === 'catalogue') return { id: 'widget-terminal', query: {}, at: 'components/' };
  return { id: scenario, query: {}, at: scenario === 'home' ? '' : `learn/${scenario}/` };
}

/**
 * The root of a page's language, with a slash at its end, by the page's own path: what a build was made for does not say where a copy of it is
 * served.
 */
export const rootOf = (path: string): string =>
  path.replace(/index\.html$/, '').replace(/(?:(?:embed|learn)\/[^/]+|components|playground)\/?$/, '');
