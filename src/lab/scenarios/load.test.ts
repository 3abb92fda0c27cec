import { expect, it } from 'vitest';
import { getScenario, scenarios } from '.';
import { loadScenario } from './load';

it.each(['home', 'catalogue', 'playground-2-none-nftables-7', 'exam', 'exam-42', ...scenarios.map(({ name }) => name)])(
  'a page can fetch the scenario %s',
  async (name) => expect(await loadScenario(name)).toEqual(getScenario(name)),
);

it('a name that no scenario has is an error', () => expect(loadScenario('toString')).rejects.toThrow(RangeError));
