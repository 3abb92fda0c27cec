import { type Userland, userlandOf } from '../cluster/kubelet/images';
import { Files } from './files';
import type { World } from './world';

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
  /** What its processes are given, e.g. a container's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Of a container whose image is known. */
  readonly image?: { readonly reference: string; readonly userland: Userland };
}

interface Known {
  machine: Machine;
  /** Of the pod: another pod of that name is another machine. */
  uid?: string;
}

/** Finds machines by place. The laptop and the vm share the learner's home, as if it were mounted on both. */
export class Machines {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly home: Files,
    private readonly world: World,
  ) {}

  /** @param container of a pod; default: its first */
  at(place: string, container?: string): Machine {
    const key = `${place} ${container ?? ''}`;
    const view = place.startsWith('pod:') ? this.containerAt(place, container) : undefined;
    let known = this.known.get(key);
    if (!known || known.uid !== view?.uid) {
      known = { machine: this.make(place, view), ...(view && { uid: view.uid }) };
      this.known.set(key, known);
    }
    // what the kubelet keeps up to date
    for (const [path, text] of Object.entries(view?.files ?? {}))
      if (!path.startsWith('/etc/') || known.machine.files.read(path) === undefined) known.machine.files.write(path, text);
    return known.machine;
  }

  /** Forgets what was written on all of them but the laptop. */
  reset(): void {
    this.known.clear();
  }

  private containerAt(place: string, container: string | undefined): ReturnType<World['container']> {
    const [namespace = '', name = ''] = place.slice('pod:'.length).split('/');
    return this.world.container(namespace, name, container);
  }

  private make(place: string, view: ReturnType<World['container']>): Machine {
    const outside = { user: 'learner', shell: 'bash', files: this.home, env: {} } as const;
    if (place === 'internet') return { ...outside, place, kind: 'laptop', hostname: 'laptop' };
    if (place === 'vm') return { ...outside, place, kind: 'vm', hostname: 'vm' };
    const [kind, name = ''] = place.split(':');
    if (kind === 'node') return { place, kind, user: 'root', hostname: name, shell: 'bash', files: new Files('/root'), env: {} };
    if (kind !== 'pod') throw new RangeError(`no machine at ${place}`);
    const hostname = view?.hostname ?? name.split('/')[1] ?? name;
    const userland = view && userlandOf(view.image);
    return {
      place,
      kind,
      user: 'root',
      hostname,
      shell: 'sh',
      files: new Files('/'),
      env: { PATH: CONTAINER_PATH, HOSTNAME: hostname, ...view?.env, HOME: '/root' },
      ...(view && userland && { image: { reference: view.image, userland } }),
    };
  }
}

const CONTAINER_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The prompt of a shell in `directory`, without escape sequences. */
export function promptOf(machine: Machine, directory: string): string {
  // BusyBox shows where one is, Debian's dash does not
  if (machine.kind === 'pod') return machine.image?.userland === 'debian' ? '# ' : `${directory} # `;
  const { home } = machine.files;
  const shown = directory === home ? '~' : directory.startsWith(`${home}/`) ? '~' + directory.slice(home.length) : directory;
  return `${machine.user}@${machine.hostname}:${shown}${machine.user === 'root' ? '#' : '$'} `;
}
