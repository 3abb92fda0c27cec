import { blank } from './atoms';

/** Chains that hold rules of many Services: their order says nothing. */
const shared = new Set(['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-EXTERNAL-SERVICES']);

/** `iptables-save` or nft text as comparable text: order kept inside a chain, not between chains and Services. */
export function comparableRules(text: string): string {
  const chains = new Map<string, string[]>();
  const add = (chain: string, rule: string) => chains.set(chain, [...(chains.get(chain) ?? []), rule]);
  const block = [''];
  for (const raw of text.split('\n')) {
    const line = blank(raw)
      .replace(/\[\d+:\d+\]/g, '')
      .trim();
    if (line === '' || line.startsWith('#')) continue;
    const chain = /^-A (\S+)/.exec(line)?.[1];
    if (chain !== undefined) add(chain, line);
    else if (line.endsWith('{')) block.push(line);
    else if (line === '}') {
      if (block.length > 1) block.pop();
    } else {
      const list = line.includes('elements') || block.at(-1)?.includes('elements') || /^[\d.<]/.test(line);
      for (const part of list ? line.split(', ') : [line]) add(block.join('|'), part.replace(/^[ ,{}]+|[ ,{}]+$/g, ''));
    }
  }
  return [...chains]
    .map(([chain, rules]) => [chain, ...(shared.has(chain) || chain.includes('|') ? [...rules].sort() : rules)].join('\n  '))
    .sort()
    .join('\n');
}
