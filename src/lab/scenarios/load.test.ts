import { expect, it } from 'vitest';
import { getScenario, scenarios } from '.';
import { loadScenario } from './load';

it('every scenario can be fetched by its name', async () => {
  for (const scenario of [getScenario('home'), ...scenarios]) expect(await loadScenario(scenario.name)).toBe(scenario);
  expect((await loadScenario('playground-2-none-iptables-7')).nodes).toHaveLength(2);
  await expect(loadScenario('toString')).rejects.toThrow('no scenario named toString');
});
