import { expect, it } from 'vitest';
import { commandSupport, globalFlagSupport } from './support';

it('tells what becomes of every command and flag', () => {
  const commands = commandSupport();
  const of = (path: string) => commands.find((command) => command.path === path);
  expect(of('kubectl get')).toMatchObject({ group: 'Basic Commands (Intermediate)', support: 'simulated' });
  expect(of('kubectl get')?.flags.find(({ name }) => name === 'chunk-size')?.support).toBe('ignored');
  expect(of('kubectl create service clusterip')?.support).toBe('simulated');
  expect(of('kubectl certificate approve')?.support).toBe('not simulated');
  expect(new Set(commands.map(({ path }) => path)).size).toBe(commands.length);
  expect(globalFlagSupport().find(({ name }) => name === 'namespace')).toMatchObject({ short: 'n', support: 'simulated' });
});
