import type { Json } from '../../cluster/apimachinery/object';
import type { Program, ProgramContext } from '../program';

/** ps [aux...]: the processes that matter here. Containers are not processes in this simulator, so only the first of each is known. */
export const ps: Program = function* (context) {
  if (context.machine.kind === 'pod') {
    context.stdout(`PID   USER     TIME  COMMAND\n    1 root      0:00 ${ownCommand(context)}\n   12 root      0:00 ps\n`);
    return 0;
  }
  const { hostname } = context.machine;
  const commands = [
    '/sbin/init',
    '/usr/bin/containerd',
    '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml',
    `/usr/local/bin/kube-proxy --config=/var/lib/kube-proxy/config.conf --hostname-override=${hostname}`,
    ...podsOf(context, hostname),
  ];
  context.stdout('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
  commands.forEach((command, index) => {
    const pid = String(index === 0 ? 1 : 600 + index * 37).padStart(11);
    context.stdout(
      `root ${pid}  0.0  0.5 ${String(120_000 + index * 3100).padStart(6)} ${String(40_000 + index * 700).padStart(5)} ?        Ssl  Nov22   0:0${index % 10} ${command}\n`,
    );
  });
  return 0;
};

function podsOf(context: ProgramContext, node: string): string[] {
  const response = context.shell.world.api.handle({
    method: 'GET',
    path: '/api/v1/pods',
    query: { fieldSelector: `spec.nodeName=${node},status.phase=Running` },
  });
  return ((response.body.items ?? []) as Json[]).flatMap((pod) => (pod.spec.containers as Json[]).map(commandOf));
}

/** What a container runs, as far as its manifest says. */
function commandOf({ command = [], args = [], image }: Json): string {
  const words = [...command, ...args];
  const own = image
    .replace(/[:@].*$/, '')
    .split('/')
    .pop() as string;
  return words.length === 0 ? own : command.length > 0 ? words.join(' ') : [own, ...args].join(' ');
}

function ownCommand({ machine, shell }: ProgramContext): string {
  const [namespace = '', name = ''] = machine.place.slice('pod:'.length).split('/');
  const { status, body } = shell.world.api.handle({ method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}` });
  return status === 200 ? commandOf(body.spec.containers[0]) : 'sh';
}
