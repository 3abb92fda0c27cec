import { describe, expect, it } from 'vitest';
import { applyJsonPatch } from './jsonpatch';
import { applyMergePatch } from './mergepatch';
import { applyStrategicMergePatch, createThreeWayMergePatch } from './strategicpatch';

const service = (ports: unknown[]) => ({ kind: 'Service', spec: { ports, clusterIP: '10.96.0.5' } });
const live = service([{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }]);

describe('strategic merge patch', () => {
  it('merges ports by their number and removes them on demand', () => {
    const changed = applyStrategicMergePatch('Service', live, { spec: { ports: [{ port: 80, targetPort: 9090 }] } });
    expect(changed.spec.ports).toEqual([{ name: 'http', port: 80, protocol: 'TCP', targetPort: 9090 }]);
    const added = applyStrategicMergePatch('Service', live, { spec: { ports: [{ port: 81, name: 'x' }] } });
    expect(added.spec.ports.map((port: { port: number }) => port.port)).toEqual([81, 80]);
    expect(applyStrategicMergePatch('Service', added, { spec: { ports: [{ port: 81, $patch: 'delete' }] } })).toEqual(live);
    expect(live.spec.ports).toHaveLength(1);
  });

  it('finds nothing to do when the manifest already holds', () => {
    const manifest = service([{ name: 'http', port: 80, targetPort: 8080 }]);
    expect(createThreeWayMergePatch('Service', manifest, manifest, live)).toEqual({});
  });

  it('replaces a port the way kubectl apply does', () => {
    const before = service([{ name: 'http', port: 80, targetPort: 8080 }]);
    const after = service([{ name: 'http', port: 81, targetPort: 8080 }]);
    const patch = createThreeWayMergePatch('Service', before, after, live);
    expect(patch.spec['$setElementOrder/ports']).toEqual([{ port: 81 }]);
    const result = applyStrategicMergePatch('Service', live, patch);
    expect(result.spec.ports).toEqual([{ name: 'http', port: 81, targetPort: 8080 }]);
  });

  it('refuses items that cannot be told apart, as an error and not as a crash', () => {
    const against = (...ports: unknown[]) => createThreeWayMergePatch('Service', undefined, service(ports), live);
    expect(() => against({ port: 80 }, null)).toThrow('list element types are not identical: [[map[');
    expect(() => against(null)).toThrow('list element types are not identical');
    expect(() => against({ name: 'http' })).toThrow('map: map[name:http] does not contain declared merge key: port');
    expect(() => applyStrategicMergePatch('Service', live, { spec: { ports: [null] } })).toThrow('types are not identical');
  });

  it('drops fields that left the manifest, and only those', () => {
    const patch = createThreeWayMergePatch(
      'Service',
      { metadata: { labels: { a: '1' } }, spec: { selector: { app: 'x' } } },
      { metadata: {}, spec: {} },
      { metadata: { labels: { a: '1', other: '2' } }, spec: { selector: { app: 'x' }, type: 'ClusterIP' } },
    );
    expect(patch).toEqual({ metadata: { labels: null }, spec: { selector: null } });
  });

  it('keeps only the named keys of a deployment strategy', () => {
    const current = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const patch = createThreeWayMergePatch('Deployment', {}, { spec: { strategy: { type: 'Recreate' } } }, current);
    expect(patch).toEqual({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } });
    expect(applyStrategicMergePatch('Deployment', current, patch)).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });
});

describe('other patches', () => {
  it('applies a merge patch', () => {
    expect(applyMergePatch({ a: { b: 1, c: 2 }, l: [1] }, { a: { b: null }, l: [2] })).toEqual({ a: { c: 2 }, l: [2] });
  });

  it('applies a JSON patch or says why not', () => {
    expect(applyJsonPatch({ a: [1, 2] }, [{ op: 'add', path: '/a/1', value: 9 }])).toEqual({ a: [1, 9, 2] });
    expect(() => applyJsonPatch({}, [{ op: 'remove', path: '/a' }])).toThrow('missing path: /a');
  });
});
