import type { Json } from '../cluster/apimachinery/object';
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
  /** Of a container in which its node's file system is mounted. */
  readonly nodeRoot?: { readonly node: string; readonly path: string };
  /** Its programs may neither change the network nor look at its rules: no CAP_NET_ADMIN. */
  readonly unprivileged?: boolean;
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
    if (known.machine.kind === 'node') this.bridgePorts(known.machine);
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

  /** What /sys says of the node's bridge: each pod's end of it may send a packet back to where it came from (hairpin). */
  private bridgePorts({ hostname, files }: Machine): void {
    const query = { fieldSelector: `spec.nodeName=${hostname}` };
    const { status, body } = this.world.api.handle({ method: 'GET', path: '/api/v1/pods', query });
    const pods = status === 200 ? ((body.items ?? []) as Json[]) : [];
    const wanted = pods
      .filter((pod) => pod.status?.podIP && !pod.spec.hostNetwork && /^(Running|Pending)$/.test(pod.status.phase))
      .map((pod) => `${BRIDGE}/veth${pod.metadata.uid.slice(0, 8)}/hairpin_mode`);
    for (const [path] of files.entries()) if (path.startsWith(BRIDGE) && !wanted.includes(path)) files.remove(path);
    for (const path of wanted) if (files.read(path) === undefined) files.write(path, '1\n');
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
    // the one image here that does not run as root
    const user = view?.image.startsWith('curlimages/curl') ? 'curl_user' : 'root';
    const home = user === 'root' ? '/root' : `/home/${user}`;
    return {
      place,
      kind,
      user,
      hostname,
      shell: 'sh',
      files: new Files(user === 'root' ? '/' : home),
      env: { PATH: CONTAINER_PATH, HOSTNAME: hostname, ...view?.env, HOME: home },
      ...(view && userland && { image: { reference: view.image, userland } }),
      ...(view?.nodeRoot && { nodeRoot: view.nodeRoot }),
      ...(view && !view.administersNetwork && { unprivileged: true }),
    };
  }
}

const BRIDGE = '/sys/devices/virtual/net/cni0/brif';
const CONTAINER_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The prompt of a shell in `directory`, without escape sequences. */
export function promptOf(machine: Machine, directory: string): string {
  const { home } = machine.files;
  if (machine.kind === 'pod') {
    const sign = machine.user === 'root' ? '#' : '$';
    // BusyBox shows where one is, Debian's dash does not
    if (machine.image?.userland === 'debian') return `${sign} `;
    return `${home !== '/' && directory === home ? '~' : directory} ${sign} `;
  }
  // chroot starts Debian's /bin/sh
  if (machine.shell === 'sh') return '# ';
  const shown = directory === home ? '~' : directory.startsWith(`${home}/`) ? '~' + directory.slice(home.length) : directory;
  return `${machine.user}@${machine.hostname}:${shown}${machine.user === 'root' ? '#' : '$'} `;
}
