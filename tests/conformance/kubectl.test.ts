import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/cluster';
import { kubectl } from '../../src/kubectl/kubectl';
import type { KubectlEnvironment } from '../../src/kubectl/types';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: test\nspec:\n  clusterIP: 10.96.1.1\n  ports:\n  - port: 80\n';

let files: Record<string, string>;
let environment: KubectlEnvironment;
let out: string;
let err: string;

/** Runs a command that waits for nothing. */
function run(...args: string[]): { exit: number; out: string; err: string } {
  out = '';
  err = '';
  const result = kubectl(args, environment).next();
  if (!result.done) throw new Error('it waits');
  return { exit: result.value, out, err };
}

beforeEach(() => {
  const cluster = new Cluster({ cloud: 'none' });
  files = { 'svc.yaml': SERVICE };
  environment = {
    api: cluster.api,
    now: () => cluster.now(),
    readFile: (path) => files[path],
    readDirectory: () => undefined,
    writeFile: (path, text) => void (files[path] = text),
    removeFile: (path) => void delete files[path],
    stdin: '',
    env: {},
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
  };
});

describe('kubectl', () => {
  it('applies a manifest once, and again without a change', () => {
    expect(run('apply', '-f', 'svc.yaml').out).toBe('service/test created\n');
    expect(run('apply', '-f', 'svc.yaml').out).toBe('service/test unchanged\n');
    files['svc.yaml'] = SERVICE.replace('port: 80', 'port: 81');
    expect(run('apply', '-f', 'svc.yaml').out).toBe('service/test configured\n');
    expect(run('get', 'svc', 'test', '-o', 'jsonpath={.spec.ports[*].port}').out).toBe('81');
    expect(run('delete', '-f', 'svc.yaml').out).toBe('service "test" deleted from default namespace\n');
    expect(run('get', 'svc', 'test')).toEqual({
      exit: 1,
      out: '',
      err: 'Error from server (NotFound): services "test" not found\n',
    });
  });

  it('prints tables', () => {
    run('apply', '-f', 'svc.yaml');
    expect(run('get', 'svc', 'test', '-owide').out).toBe(
      'NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE   SELECTOR\ntest   ClusterIP   10.96.1.1    <none>        80/TCP    0s    <none>\n',
    );
  });

  it.each([
    [['get', 'foo'], 'error: the server doesn\'t have a resource type "foo"\n'],
    [['get', 'svc', '--foo'], "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'svc', '-o'], "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    [['gett', 'svc'], 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
    [['apply', '-f', 'no.yaml'], 'error: the path "no.yaml" does not exist\n'],
  ])('refuses %j in the words of kubectl', (args, message) => {
    expect(run(...args)).toEqual({ exit: 1, out: '', err: message });
  });
});
