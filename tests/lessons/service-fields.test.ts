import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '../../src/cluster/apiserver/definitions';
import { serviceFieldSupport } from '../../src/cluster/apiserver/resources/service/support';
import { readDefinitions } from '../../src/plugins/kubernetes-definitions';
import { folders } from './mdx';

/** Of upstream's types, those whose fields the page is about. */
const types = ['ServiceSpec', 'ServicePort', 'ServiceStatus', 'LoadBalancerIngress', 'PortStatus', 'ClientIPConfig'];

describe.each(['ko', 'en'] as const)('the page on the fields of a Service (%s)', (language) => {
  const page = readFileSync(join(folders[language], 'service-fields.mdx'), 'utf8');
  let definitions: Definitions;
  beforeAll(() => {
    definitions = readDefinitions();
  }, 60_000);

  it('has a heading for each field that the simulator serves, and for no other', () => {
    const headings = [...page.matchAll(/^### `([^`]+)` /gm)].map(([, field = '']) => field);
    expect([...headings].sort()).toEqual(
      serviceFieldSupport()
        .map(({ field }) => field)
        .sort(),
    );
  });

  it.each(types)('names every field of upstream’s %s', (type) => {
    const fields = Object.keys(definitions[`io.k8s.api.core.v1.${type}`]?.properties ?? {});
    expect(fields.length).toBeGreaterThan(0);
    const named = new Set([...page.matchAll(/`([\w.[\]]+)`/g)].flatMap(([, code = '']) => code.split(/\.|\[\]/)));
    expect(fields.filter((field) => !named.has(field))).toEqual([]);
  });
});
