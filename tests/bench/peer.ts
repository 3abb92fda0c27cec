import { BaseImage, Cluster, type ProcessContext } from '@ngrok/webernetes';
import { nginxDeployment, service, serviceManifest, type Measured } from './workload';

/** The peer's latencies, of the network and of ending containers, are 0 unless set: it works as fast as it can. */
class Nginx extends BaseImage {
  static readonly imageName = 'nginx';
  static readonly imageVersion = '1.0';
  readonly defaultCommand = ['nginx'];
  override async exec(context: ProcessContext): Promise<number> {
    context.listenHttp(80, () => Promise.resolve({ status: 200, body: 'hello\n' }));
    return await context.waitUntilKilled();
  }
}

const sleep = () => new Promise((resolve) => setTimeout(resolve, 1));

async function started(nodes = 3): Promise<Cluster> {
  const cluster = new Cluster({ nodes });
  cluster.registerImage(Nginx);
  await cluster.init();
  return cluster;
}

async function answered(cluster: Cluster, url: string): Promise<void> {
  for (;;) {
    const status = await cluster.fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep();
  }
}

export async function first(): Promise<void> {
  const cluster = await started();
  const manifest = serviceManifest('web', 'NodePort');
  manifest.spec.ports = [{ ...manifest.spec.ports[0]!, nodePort: 31000 } as (typeof manifest.spec.ports)[0]];
  await cluster.apply([nginxDeployment('web', 2, 'nginx:1.0'), manifest]);
  await answered(cluster, 'http://node-1:31000');
  await cluster.close();
}

export async function services(count: number): Promise<Measured> {
  const cluster = await started();
  const start = performance.now();
  for (let i = 0; i < count; i++) await cluster.apply([service(i)]);
  const ms = performance.now() - start;
  await cluster.close();
  return { ms, done: count };
}

/** @param limit ms after which it is told how far it has come */
export async function pods(count: number, limit: number): Promise<Measured> {
  const cluster = await started(Math.ceil(count / 100));
  const start = performance.now();
  await cluster.apply([nginxDeployment('web', count, 'nginx:1.0')]);
  let done = 0;
  while (done < count && performance.now() - start < limit) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    done = (await cluster.api.appsv1.readNamespacedDeployment({ name: 'web', namespace: 'default' })).status?.readyReplicas ?? 0;
  }
  const ms = performance.now() - start;
  void cluster.close();
  return { ms, done };
}

export async function requests(milliseconds: number): Promise<Measured> {
  const cluster = await started();
  const manifest = serviceManifest('web', 'NodePort');
  manifest.spec.ports = [{ ...manifest.spec.ports[0]!, nodePort: 31000 } as (typeof manifest.spec.ports)[0]];
  await cluster.apply([nginxDeployment('web', 3, 'nginx:1.0'), manifest]);
  await answered(cluster, 'http://node-1:31000');
  let done = 0;
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    await Promise.all(Array.from({ length: 100 }, () => cluster.fetch('http://node-1:31000').then(() => done++)));
  }
  const ms = performance.now() - start;
  await cluster.close();
  return { ms, done };
}
