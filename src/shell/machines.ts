import { Files } from './files';

/** The address of the cluster's DNS. */
export const CLUSTER_DNS = '10.96.0.10';

/** A machine on which a learner can have a shell. */
export interface Machine {
  /** `internet` (the laptop), `vm`, `node:NAME`, `pod:NAMESPACE/NAME`: the host's id in the network. */
  readonly place: string;
  readonly kind: 'laptop' | 'vm' | 'node' | 'pod';
  readonly user: string;
  readonly hostname: string;
  /** The name that its shell gives itself in errors. */
  readonly shell: 'bash' | 'sh';
  readonly files: Files;
}

/** Finds machines by place. The laptop and the vm share the learner's home, as if it were mounted on both. */
export class Machines {
  private readonly known = new Map<string, Machine>();

  constructor(private readonly home: Files) {}

  at(place: string): Machine {
    let machine = this.known.get(place);
    if (!machine) {
      machine = this.make(place);
      this.known.set(place, machine);
    }
    return machine;
  }

  /** Forgets what was written on all of them but the laptop. */
  reset(): void {
    this.known.clear();
  }

  private make(place: string): Machine {
    if (place === 'internet')
      return { place, kind: 'laptop', user: 'learner', hostname: 'laptop', shell: 'bash', files: this.home };
    if (place === 'vm') return { place, kind: 'vm', user: 'learner', hostname: 'vm', shell: 'bash', files: this.home };
    const [kind, name = ''] = place.split(':');
    if (kind === 'node') return { place, kind, user: 'root', hostname: name, shell: 'bash', files: new Files('/root') };
    if (kind === 'pod')
      return { place, kind, user: 'root', hostname: name.split('/')[1] ?? name, shell: 'sh', files: podFiles(name) };
    throw new RangeError(`no machine at ${place}`);
  }
}

/** What the kubelet puts into a container with dnsPolicy ClusterFirst. */
function podFiles(name: string): Files {
  const namespace = name.split('/')[0] ?? 'default';
  const files = new Files('/');
  files.write(
    '/etc/resolv.conf',
    `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${CLUSTER_DNS}\noptions ndots:5\n`,
  );
  return files;
}

/** The prompt of a shell in `directory`, without escape sequences. */
export function promptOf(machine: Machine, directory: string): string {
  if (machine.kind === 'pod') return `${directory} # `;
  const { home } = machine.files;
  const shown = directory === home ? '~' : directory.startsWith(`${home}/`) ? '~' + directory.slice(home.length) : directory;
  return `${machine.user}@${machine.hostname}:${shown}${machine.user === 'root' ? '#' : '$'} `;
}
