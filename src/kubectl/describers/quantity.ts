import type { Json } from '../../cluster/apimachinery/object';

const SUFFIXES: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The number a quantity such as `500m` or `2Gi` stands for; 0 when there is none. */
export function parseQuantity(text: Json): number {
  const match = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(text ?? ''));
  return match ? Number(match[1]) * (SUFFIXES[match[2] ?? ''] as number) : 0;
}

/** CPU in cores or millicores, memory in the largest unit that divides it. */
export function formatQuantity(resource: string, amount: number): string {
  if (resource === 'cpu') return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`;
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    const size = SUFFIXES[unit] as number;
    if (amount >= size && amount % size === 0) return `${amount / size}${unit}`;
  }
  return String(amount);
}

/** Sums of requests and limits of a pod's containers, by resource. */
export function podAmounts(pod: Json): Record<string, { requests: number; limits: number }> {
  const sums: Record<string, { requests: number; limits: number }> = {};
  for (const container of pod.spec.containers ?? []) {
    for (const field of ['requests', 'limits'] as const) {
      for (const [name, amount] of Object.entries(container.resources?.[field] ?? {})) {
        (sums[name] ??= { requests: 0, limits: 0 })[field] += parseQuantity(amount);
      }
    }
  }
  return sums;
}
