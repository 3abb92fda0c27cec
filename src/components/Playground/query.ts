import { playgroundDefaults, playgroundName, playgroundOptions, type PlaygroundOptions } from '../../lab/scenarios/playground';

/** The options in an address; what is missing or makes no sense is as it is by default. */
export function fromQuery(search: string): PlaygroundOptions {
  const query = new URLSearchParams(search);
  let options = playgroundDefaults;
  const choose = (change: Partial<Record<keyof PlaygroundOptions, unknown>>) => {
    // The name's own grammar decides what is a valid choice.
    options = playgroundOptions(playgroundName({ ...options, ...change } as PlaygroundOptions)) ?? options;
  };
  if (query.has('nodes')) choose({ nodes: query.get('nodes') });
  if (query.has('cloud')) choose({ cloud: query.get('cloud') });
  if (query.has('proxy')) choose({ proxyMode: query.get('proxy') });
  if (query.get('dns') === 'pods') choose({ addons: true });
  if (query.has('seed')) choose({ seed: query.get('seed') });
  return options;
}

/** The part of an address that says these options; empty for the defaults. */
export function toQuery({ nodes, cloud, proxyMode, addons, seed }: PlaygroundOptions): string {
  const query = new URLSearchParams();
  if (nodes !== playgroundDefaults.nodes) query.set('nodes', String(nodes));
  if (cloud !== playgroundDefaults.cloud) query.set('cloud', cloud);
  if (proxyMode !== playgroundDefaults.proxyMode) query.set('proxy', proxyMode);
  if (addons) query.set('dns', 'pods');
  if (seed !== playgroundDefaults.seed) query.set('seed', String(seed));
  const text = query.toString();
  return text && `?${text}`;
}
