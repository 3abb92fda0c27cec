import type { Case } from '../case';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: NAME, labels: {a: b}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME, labels: {a: b}}\n';

const files = {
  'svc.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {new: x}}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n',
  'new.yaml': SERVICE.replace('NAME', 'new'),
  'one.yaml': MAP.replace('NAME', 'one'),
  'other.yaml': `${MAP.replace('NAME', 'one')}---\n${MAP.replace('NAME', 'two')}`,
  'third.yaml': MAP.replace('NAME', 'third'),
  'nothing.yaml': 'apiVersion: v1\nkind: Foo\nmetadata: {name: x}\n',
  'remembered.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: old, annotations: {kubectl.kubernetes.io/last-applied-configuration: x}}\ndata: {a: b}\n',
  'badport.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 99999}]}\n',
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b, c: d}\n',
  'secret2.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b, c: e, f: g}\n',
  'several.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {l: m}}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: 80}]}\n' +
    '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm, labels: {l: k}}\ndata: {a: b}\n' +
    '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {l: m}}\nspec: {replicas: 5}\n',
};

const sed = (script: string, step: string) => `KUBE_EDITOR="sed -i ${script}" kubectl ${step}`;
const SED = `-e 's/app: /use: /' -e 's/^    a: b/    a: c/' -e 's/replicas: 3/replicas: 2/'`;

/** Steps that edit, one after the other, and what they changed. */
const steps: Record<string, string[]> = {
  'edit and create': [
    sed(SED, 'create --edit -f new.yaml'),
    'kubectl get svc new -o yaml',
    sed(SED, 'create --edit -f one.yaml -f new.yaml'),
    sed(SED, 'create --edit -f other.yaml --dry-run=client -o name'),
    sed(SED, 'create --edit -f one.yaml --save-config'),
    'kubectl get cm one -o yaml',
    sed(`'s/a: b/a: 5/'`, 'create -f third.yaml --edit -o yaml'),
    sed(`'s/a: b/a: d/'`, 'create -f third.yaml -f missing.yaml --edit -o yaml'),
    sed(`'s/a: b/a: e/'`, 'create -f third.yaml -f one.yaml --edit -o json -n shop'),
    sed(`'s/a: b/a: c/'`, 'create -f nothing.yaml --edit'),
    sed(`'s/a: b/a: c/'`, 'create -f one.yaml --edit --raw=/x'),
    'EDITOR=true kubectl create -f one.yaml --edit',
    'kubectl create -f remembered.yaml -o yaml',
    'kubectl replace -f remembered.yaml -o yaml',
  ],
  'edit and patch': [
    sed(SED, 'edit svc web --output-patch'),
    sed(SED, 'edit svc web'),
    sed(SED, 'edit deploy web --save-config'),
    'kubectl get deploy web -o yaml',
    sed(SED, 'edit svc web-node web-lb'),
    sed(SED, 'edit -f svc.yaml'),
    sed(SED, 'edit svc web -o json'),
    sed(SED, 'edit svc --all'),
    sed(SED, 'edit svc web --subresource=status'),
    sed(SED, 'edit deploy web --subresource=scale'),
    sed(SED, 'edit svc web --windows-line-endings'),
    sed(`'s/"port": 80,/"port": 81,/'`.replaceAll('"', '\\"'), 'edit svc web-node web -o json'),
    sed(`'s/port: 81/port: 82/'`, 'edit svc web -o kyaml --output-patch'),
    sed(`'s/port: 82/port: 83/'`, 'edit svc web -o YAML'),
    sed(`'s/port: 8/port: 7/'`, 'edit svc web web-node --windows-line-endings --output-patch'),
    sed(`'s/replicas: 3/replicas: 2/'`, 'edit deploy web --subresource=status'),
  ],
  'edit and fail': [
    'EDITOR=true kubectl edit svc web',
    'EDITOR=false kubectl edit svc web',
    'EDITOR=nosucheditor kubectl edit svc web',
    `KUBE_EDITOR='sed -i d' kubectl edit svc web`,
    `KUBE_EDITOR='sed -i 1d' kubectl edit svc web`,
    sed(`'s/^kind/kin/'`, 'edit svc web'),
    sed(`'s/^kind:/kind/'`, 'edit svc web'),
    sed(`'s/^kind: Service/kind: Foo/'`, 'edit svc web'),
    sed(`'s/^kind: Service/kind: ConfigMap/'`, 'edit svc web'),
    sed(`'s/^  name: web/  name: other/'`, 'edit svc web'),
    sed(`'s/^  namespace: default/  namespace: shop/'`, 'edit svc web'),
    sed(`'s/port: 80$/port: 99999/'`, 'edit svc web'),
    sed(`'s/port: 80$/porto: 99999/'`, 'edit svc web --validate=false'),
    sed(`'s/port: 80$/port: abc/'`, 'edit svc web'),
    sed(`'s/resourceVersion: .*/resourceVersion: \\"1\\"/'`, 'edit svc web'),
    sed(`'s/replicas: 3/replicas: 2/'`, 'edit deploy --subresource=scale'),
    'kubectl edit cm nothing',
    'kubectl edit pods -l app=nothing',
    'kubectl edit svc web api',
  ],
  'edit what was applied': [
    sed(`'s/app: web/app: web2/'`, 'apply edit-last-applied svc web --field-manager=me'),
    'kubectl get svc web -o jsonpath={.metadata.annotations}{.metadata.managedFields[*].manager}',
    sed(`'s/app: web/app: web2/'`, 'apply edit-last-applied svc,deploy'),
    sed(`'s/app: web/app: web2/'`, 'apply edit-last-applied svc/web-node deploy/web -o yaml'),
    sed(`'s/app: web/app: web2/'`, 'apply edit-last-applied svc/kubernetes'),
    'kubectl apply edit-last-applied',
  ],
  'diff more': [
    ...['badport.yaml', 'badport.yaml -f new.yaml', 'several.yaml -l l=m', 'several.yaml', 'several.yaml --server-side'].map(
      (file) => `kubectl diff -f ${file}`,
    ),
    'kubectl diff -f several.yaml --server-side --force-conflicts -l l=m',
    'kubectl diff -f several.yaml --force-conflicts',
    'kubectl diff -f svc.yaml --prune -l app=web',
    'kubectl diff -f svc.yaml --prune --prune-allowlist=core/v1/Service',
    'kubectl diff -f svc.yaml --prune --prune-allowlist=x',
    'kubectl apply -f secret.yaml',
    'kubectl diff -f secret.yaml',
    'kubectl diff -f secret2.yaml',
    'kubectl diff -f secret2.yaml --server-side',
    'kubectl diff -f secret2.yaml --show-secrets',
    'kubectl delete -f several.yaml -l l=k --dry-run=client',
    'kubectl label -f several.yaml -l l=m --dry-run=client a=b',
    'kubectl create -f several.yaml -l l=k',
    'kubectl describe -f several.yaml -l l=k',
    'kubectl rollout restart -f several.yaml -l l=x',
    'kubectl apply -f several.yaml -l l=zzz',
    'kubectl create -f several.yaml -l l=zzz',
    'kubectl get deploy web --subresource=scale -o name',
    'kubectl get deploy web api --subresource=status -o name',
    'kubectl get deploy --subresource=status -o name',
    'kubectl get deploy -l app=web --subresource=status -o name',
    'kubectl get pods --all-namespaces --subresource=foo',
    'kubectl get deploy web --subresource=foo',
  ],
};

export const edits: readonly Case[] = Object.entries(steps).map(([name, steps]) => ({ name, files, steps }));
