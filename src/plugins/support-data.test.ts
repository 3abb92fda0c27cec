import { describe, expect, it } from 'vitest';
import { missing, read } from './support-data';

const { commands, flags, fields, kinds } = missing(read(process.cwd()));
const kindsOf = (version: string) => kinds.find((one) => one.version === version)?.kinds ?? [];

describe('what is missing', () => {
  it('names commands that only say they are not here, and no others', () => {
    expect(commands).toContain('kubectl proxy');
    expect(commands).not.toContain('kubectl get');
  });

  it('names flags with their command, and one that many commands lack by itself', () => {
    expect(flags).toContain('kubectl wait --local');
    expect(flags.filter((flag) => flag.endsWith('--kustomize'))).toEqual(['--kustomize']);
    expect(flags.filter((flag) => commands.some((command) => flag.startsWith(`${command} `)))).toEqual([]);
  });

  it('names kinds that run in no version', () => {
    expect(kindsOf('networking.k8s.io/v1')).toContain('NetworkPolicy');
    expect(kinds.flatMap((each) => each.kinds)).not.toContain('Event');
  });

  it('names fields that are taken and change nothing', () => {
    // docs/limits.mdx says of this one what a real cluster does with it
    expect(fields).toEqual(['spec.ports[].appProtocol']);
  });
});
