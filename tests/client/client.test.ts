import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
  Watch,
  type V1Pod,
  type V1Service,
} from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kubeconfig } from '../../src/cli/apiserver/kubeconfig';
import { serveApi, type HttpApiServer } from '../../src/cli/apiserver/server';
import { Cluster } from '../../src/cluster/cluster';

const namespace = 'default';
const service = (name: string, labels: Record<string, string> = {}): V1Service => ({
  metadata: { name, labels },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});
const pod = (name: string): V1Pod => ({ metadata: { name }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });

let cluster: Cluster;
let server: HttpApiServer;
let config: KubeConfig;
let core: CoreV1Api;
let apps: AppsV1Api;
let timer: NodeJS.Timeout;

beforeEach(async () => {
  cluster = new Cluster();
  server = await serveApi(cluster);
  config = new KubeConfig();
  config.loadFromString(kubeconfig(server.address));
  core = config.makeApiClient(CoreV1Api);
  apps = config.makeApiClient(AppsV1Api);
  timer = setInterval(() => cluster.advance(200), 5);
});

afterEach(async () => {
  clearInterval(timer);
  await server.close();
});

/** The Status of a call that must fail. */
async function refused(call: Promise<unknown>): Promise<{ http: number; reason: string; message: string }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiException)) throw new Error(`not refused: ${String(error)}`);
  const status = JSON.parse(error.body as string) as { kind: string; reason: string; message: string };
  expect(status.kind).toBe('Status');
  return { http: error.code, reason: status.reason, message: status.message };
}

describe('the official client library', () => {
  it('asks what the server is', async () => {
    expect((await config.makeApiClient(VersionApi).getCode()).gitVersion).toBe('v1.36.2');
  });

  it('creates, reads, replaces and deletes', async () => {
    const created = await core.createNamespacedService({ namespace, body: service('a') });
    expect(created.spec?.clusterIP).toMatch(/^10\./);
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const read = await core.readNamespacedService({ name: 'a', namespace });
    expect(read).toEqual(created);
    read.spec!.ports![0]!.port = 81;
    const replaced = await core.replaceNamespacedService({ name: 'a', namespace, body: read });
    expect(replaced.spec?.ports?.[0]).toMatchObject({ port: 81, protocol: 'TCP' });
    await core.deleteNamespacedService({ name: 'a', namespace });
    expect(await refused(core.readNamespacedService({ name: 'a', namespace }))).toEqual({
      http: 404,
      reason: 'NotFound',
      message: 'services "a" not found',
    });
  });

  it('scales a Deployment and sees its pods', async () => {
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: 'web' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
        },
      },
    });
    const scale = await apps.readNamespacedDeploymentScale({ name: 'web', namespace });
    scale.spec!.replicas = 3;
    await apps.replaceNamespacedDeploymentScale({ name: 'web', namespace, body: scale });
    await expect
      .poll(async () => (await apps.readNamespacedDeployment({ name: 'web', namespace })).status?.readyReplicas)
      .toBe(3);
    expect((await core.listNamespacedPod({ namespace, labelSelector: 'app=web' })).items).toHaveLength(3);
  });

  it('lists with selectors and limits', async () => {
    for (let i = 0; i < 5; i++) {
      await core.createNamespacedService({ namespace, body: service(`s${i}`, { odd: String(i % 2 === 1) }) });
    }
    const odd = await core.listNamespacedService({ namespace, labelSelector: 'odd=true' });
    expect(odd.items.map((item) => item.metadata?.name)).toEqual(['s1', 's3']);
    const one = await core.listServiceForAllNamespaces({ fieldSelector: 'metadata.name=s2' });
    expect(one.items.map((item) => item.metadata?.name)).toEqual(['s2']);
    const names: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await core.listNamespacedService({ namespace, limit: 2, _continue: token });
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map((item) => item.metadata?.name));
      token = page.metadata?._continue;
    } while (token);
    expect(names).toEqual(['kubernetes', 's0', 's1', 's2', 's3', 's4']);
    expect((await refused(core.listNamespacedService({ namespace, labelSelector: 'a b' }))).http).toBe(400);
  });

  it.each([
    [PatchStrategy.JsonPatch, [{ op: 'replace', path: '/spec/ports/0/port', value: 90 }]],
    [PatchStrategy.MergePatch, { spec: { ports: [{ port: 90 }] } }],
    [PatchStrategy.StrategicMergePatch, { spec: { ports: [{ port: 80, $patch: 'delete' }, { port: 90 }] } }],
  ])('patches: %s', async (strategy, body) => {
    await core.createNamespacedService({ namespace, body: service('a') });
    const options = setHeaderOptions('Content-Type', strategy);
    const patched = await core.patchNamespacedService({ name: 'a', namespace, body }, options);
    expect(patched.spec?.ports?.map(({ port }) => port)).toEqual([90]);
  });

  it('works with objects of any kind', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    await objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const header = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'shop' } };
    await objects.create({ ...header, spec: service('a').spec } as V1Service);
    expect((await objects.read(header)).metadata?.name).toBe('a');
    await objects.delete(header);
  });

  it('hands on what the server refuses', async () => {
    await core.createNamespacedService({ namespace, body: service('a') });
    expect(await refused(core.createNamespacedService({ namespace, body: service('a') }))).toMatchObject({
      http: 409,
      reason: 'AlreadyExists',
    });
    expect(await refused(core.createNamespacedService({ namespace, body: { metadata: { name: 'b' }, spec: {} } }))).toMatchObject(
      {
        http: 422,
        reason: 'Invalid',
        message: 'Service "b" is invalid: spec.ports: Required value',
      },
    );
    const old = await core.readNamespacedService({ name: 'a', namespace });
    await core.replaceNamespacedService({
      name: 'a',
      namespace,
      body: { ...old, metadata: { ...old.metadata, labels: { a: 'b' } } },
    });
    expect((await refused(core.replaceNamespacedService({ name: 'a', namespace, body: old }))).reason).toBe('Conflict');
    expect((await refused(core.listNamespacedPod({ namespace, fieldSelector: 'spec.nothing=1' }))).http).toBe(400);
  });

  it('watches', async () => {
    const seen: string[] = [];
    const { metadata } = await core.listNamespacedService({ namespace });
    const stop = await new Watch(config).watch(
      `/api/v1/namespaces/${namespace}/services`,
      { resourceVersion: metadata?.resourceVersion },
      (phase, object: V1Service) => seen.push(`${phase} ${object.metadata?.name} ${object.metadata?.labels?.a ?? ''}`.trim()),
      () => undefined,
    );
    await core.createNamespacedService({ namespace, body: service('a') });
    await core.patchNamespacedService(
      { name: 'a', namespace, body: { metadata: { labels: { a: 'x' } } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
    await core.deleteNamespacedService({ name: 'a', namespace });
    await expect.poll(() => seen).toEqual(['ADDED a', 'MODIFIED a x', 'DELETED a x']);
    stop.abort();
  });

  it('keeps an informer', async () => {
    await core.createNamespacedPod({ namespace, body: pod('before') });
    const informer = makeInformer<V1Pod>(config, `/api/v1/namespaces/${namespace}/pods`, () =>
      core.listNamespacedPod({ namespace }),
    );
    const running = new Set<string>();
    const note = (object: V1Pod) => object.status?.phase === 'Running' && running.add(object.metadata!.name!);
    informer.on('add', note);
    informer.on('update', note);
    informer.on('delete', (object) => running.delete(object.metadata!.name!));
    await informer.start();
    await core.createNamespacedPod({ namespace, body: pod('after') });
    await expect.poll(() => [...running].sort()).toEqual(['after', 'before']);
    await core.deleteNamespacedPod({ name: 'before', namespace });
    await expect.poll(() => [...running]).toEqual(['after']);
    expect(informer.list().map((object) => object.metadata?.name)).toEqual(['after']);
    await informer.stop();
  });
});

describe('the HTTP face', () => {
  const post = (body: string, type = 'application/json', headers: Record<string, string> = {}) =>
    fetch(`${server.address}/api/v1/namespaces/default/services`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...headers },
    });

  it('answers what is no JSON as the real server does', async () => {
    const response = await post('{"a":x}');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      kind: 'Status',
      reason: 'BadRequest',
      message: "couldn't get version/kind; json parse error: invalid character 'x' looking for beginning of value",
    });
  });

  it('takes YAML', async () => {
    const yaml = 'apiVersion: v1\nkind: Service\nmetadata: {name: yaml}\nspec: {ports: [{port: 80}]}\n';
    expect((await post(yaml, 'application/yaml')).status).toBe(201);
  });

  it('refuses media types it has not got, and too much of any', async () => {
    expect((await post('{}', 'application/cbor')).status).toBe(415);
    expect((await post('{}', 'application/json', { accept: 'application/vnd.kubernetes.protobuf' })).status).toBe(406);
    expect((await post('k8s\0nonsense', 'application/vnd.kubernetes.protobuf')).status).toBe(400);
    expect((await post(`"${'x'.repeat(4 * 1024 * 1024)}"`)).status).toBe(413);
  });

  it('sends warnings as headers', async () => {
    const response = await fetch(`${server.address}/api/v1/namespaces/default/endpoints`);
    expect(response.headers.get('warning')).toMatch(/^299 - "v1 Endpoints is deprecated/);
  });

  it('listens on the loopback interface only, under its own name', async () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${server.address}/version`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });
});
