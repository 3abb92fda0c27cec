import type { Page } from 'playwright-core';
import { expectIn, test } from './harness';
import { typeCommand } from './terminal';

/** What the map's list says of the latest packet: how it ended and, step by step, why. */
async function pathInWords(page: Page): Promise<string> {
  const map = page.locator('[data-figure="map"]:visible').first();
  await map.scrollIntoViewIfNeeded();
  await map.getByRole('list').first().waitFor({ timeout: 15_000 });
  return map.innerText();
}

/** Types the command until its output no longer has `part`: for what takes a controller or a cloud some time. */
async function typeUntilGone(page: Page, line: string, part: string): Promise<string> {
  for (let attempt = 0; attempt < 15; attempt++) {
    const output = await typeCommand(page, line);
    if (!output.includes(part)) return output;
    await page.waitForTimeout(1000);
  }
  throw new Error(`${line} still prints ${part}`);
}

for (const base of ['', '/en']) {
  test(`the LoadBalancer lesson runs as typed (${base || '/ko'})`, async ({ visit }) => {
    await visit(`${base}/learn/loadbalancer/`, async (page) => {
      const asked = '30080:30352/TCP,30081:31824/TCP,30082:31996/TCP';
      expectIn(await typeCommand(page, 'kubectl apply -f test-loadbalancer.yaml'), 'service/test created');
      expectIn(await typeCommand(page, 'kubectl get svc test'), '<pending>', asked);
      const row = await typeUntilGone(page, 'kubectl get svc test', '<pending>');
      expectIn(row, asked, /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE/);
      const address = /LoadBalancer +\S+ +([\d.]+)/.exec(row)?.[1];
      if (!address) throw new Error(`no address in:\n${row}`);
      expectIn(
        await typeCommand(page, 'kubectl describe svc test'),
        /LoadBalancer Ingress: +\S*192\.168\./,
        /Port: +http1 +30080\/TCP\s+TargetPort: +5000\/TCP\s+NodePort: +http1 +30352\/TCP/,
        /Session Affinity: +None/,
        /External Traffic Policy: +Cluster/,
      );
      const clusterIP = /LoadBalancer +([\d.]+)/.exec(row)?.[1] ?? '';
      const places = ['', 'ssh vm ', 'ssh node-1 ', 'kubectl exec client -- '];
      for (const place of places) {
        for (const from of [`${address}:30080`, '192.168.0.11:30352']) {
          expectIn(await typeCommand(page, `${place}curl -sS -m 3 http://${from}/hostname`), /^test-/);
        }
      }
      expectIn(await pathInWords(page), '-j DNAT --to-destination');
      // The cluster IP is an address for nodes and pods alone.
      for (const place of places.slice(2)) {
        expectIn(await typeCommand(page, `${place}curl -sS -m 3 http://${clusterIP}:30080/hostname`), /^test-/);
      }
      for (const place of places.slice(0, 2)) {
        expectIn(await typeCommand(page, `${place}curl -sS -m 3 http://${clusterIP}:30080/hostname`), /curl: \((7|28)\)/);
        expectIn(
          await pathInWords(page),
          'NO ROUTE',
          base ? 'There is no route to this destination' : '이 목적지로 가는 경로를 모른다',
        );
      }

      await typeCommand(page, 'kubectl delete svc test');
      expectIn(await typeCommand(page, 'kubectl apply -f test-loadbalancer-auto.yaml'), 'service/test created');
      const allocated = await typeCommand(page, 'kubectl get svc test');
      expectIn(allocated, /30080:3\d{4}\/TCP,30081:3\d{4}\/TCP,30082:3\d{4}\/TCP/);
      if (allocated.includes(asked)) throw new Error(`the asked node ports again:\n${allocated}`);
    });
  });

  test(`the NodePort lesson's packet goes to a pod without a stop (${base || '/ko'})`, async ({ visit }) => {
    await visit(`${base}/learn/nodeport/`, async (page) => {
      expectIn(await typeCommand(page, 'kubectl apply -f test-nodeport.yaml'), 'service/test created');
      expectIn(await typeCommand(page, 'kubectl get svc test'), '30001:30088/TCP', '<none>');
      for (const node of ['192.168.0.11', '192.168.0.12', '192.168.0.13']) {
        expectIn(await typeCommand(page, `ssh vm curl -s http://${node}:30088/hostname`), /^test-/);
      }
      expectIn(await typeCommand(page, 'ssh node-1 iptables-save -t nat'), '--dport 30088', '-j DNAT --to-destination 10.244.');
    });
  });

  test(`the ClusterIP lesson's address works inside only (${base || '/ko'})`, async ({ visit }) => {
    await visit(`${base}/learn/clusterip/`, async (page) => {
      expectIn(await typeCommand(page, 'kubectl apply -f test-clusterip.yaml'), 'service/test created');
      const address = /ClusterIP +([\d.]+)/.exec(await typeCommand(page, 'kubectl get svc test'))?.[1];
      if (!address) throw new Error('no cluster IP');
      expectIn(await typeCommand(page, `kubectl exec client -- curl -s http://${address}:8080/hostname`), /^test-/);
      expectIn(await typeCommand(page, `ssh node-1 curl -s http://${address}:8080/hostname`), /^test-/);
      expectIn(await typeCommand(page, `curl -m 2 http://${address}:8080/hostname`), /curl: \(\d+\)/);
    });
  });
}

test('the keyboard leaves the terminal by Esc, then Tab', async ({ visit }) => {
  await visit('/learn/clusterip/', async (page) => {
    await typeCommand(page, 'kubectl get svc');
    const inTerminal = () => page.evaluate(() => document.activeElement?.matches('textarea.xterm-helper-textarea') ?? false);
    // Tab alone is the shell's: it completes.
    await page.keyboard.type('kubectl get serv');
    await page.keyboard.press('Tab');
    if (!(await inTerminal())) throw new Error('Tab alone left the terminal');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    if (await inTerminal()) throw new Error('Esc, then Tab stayed in the terminal');
  });
});
