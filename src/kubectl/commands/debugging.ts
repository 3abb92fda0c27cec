import { fnv128a } from '../../cluster/apimachinery/gohash';
import { clone } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import { patchSchemaOf } from '../../cluster/apimachinery/patchschema';
import { diffMaps } from '../../cluster/apimachinery/strategicdiff';
import { pathOf } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import type { FlagValues } from '../flags';
import type { Session } from '../session';
import type { DebugStyle, Keep, profiles } from './debugprofiles';

/** A pod with a debugging container in it; `container` is empty when only images were changed. */
interface Debugged {
  pod: Json;
  container: string;
}

const STRATEGIC = 'application/strategic-merge-patch+json';

/** Makes debugging containers: in a pod of their own on a node, in a running pod, in a copy of one. Upstream: kubectl/pkg/cmd/debug. */
export class Debugging {
  constructor(
    private readonly session: Session,
    private readonly flags: FlagValues,
    private readonly command: readonly string[],
    private readonly profile: (typeof profiles)[string],
    private readonly custom: Json | undefined,
  ) {}

  /** Upstream: generateNodeDebugPod. */
  onNode(node: Json): Debugged {
    const { session, flags } = this;
    const { name: nodeName } = node.metadata;
    const container = flags.string('container') || 'debugger';
    const path = pathOf(session.discovery.find('pods'), session.namespace);
    const name = this.#unused(`node-debugger-${nodeName}-`, node, (candidate) => this.#exists(`${path}/${candidate}`));
    if (!flags.boolean('quiet')) session.out(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`);
    const pod: Json = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
      spec: {
        containers: [{ ...this.#container(container), resources: {} }],
        restartPolicy: 'Never',
        nodeName,
        tolerations: [{ operator: 'Exists' }],
      },
      status: {},
    };
    this.#apply(pod, pod.spec.containers, container, 'node');
    return { pod: session.post(path, pod), container };
  }

  /** Upstream: debugByEphemeralContainer. */
  inPod(pod: Json): Debugged {
    const { session, flags } = this;
    const container = this.#containerName(pod);
    const target = flags.string('target');
    const made = {
      ...this.#container(container),
      resources: {},
      ...(target && { targetContainerName: target }),
    };
    const changed = clone(pod) as Json;
    const added = [made];
    this.#apply(changed, added, container, 'ephemeral');
    this.#warn(added[0], pod);
    const { namespace, name } = pod.metadata;
    const path = `${pathOf(session.discovery.find('pods'), namespace, name)}/ephemeralcontainers`;
    changed.spec.ephemeralContainers = [...(changed.spec.ephemeralContainers ?? []), ...added];
    const patch = diffMaps(pod, changed, patchSchemaOf('Pod'), { setElementOrder: true });
    try {
      return { pod: session.patch(path, STRATEGIC, patch), container };
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== 'NotFound' || error.status.details?.name) throw error;
      throw new KubectlError(
        `ephemeral containers are disabled for this cluster (error from server: ${JSON.stringify(error.message)})`,
      );
    }
  }

  /** Upstream: generatePodCopyWithDebugContainer. */
  inCopy(pod: Json): Debugged {
    const { session, flags } = this;
    const { namespace, annotations, labels } = pod.metadata;
    const spec = clone(pod.spec) as Json;
    delete spec.ephemeralContainers;
    if (flags.has('share-processes')) spec.shareProcessNamespace = flags.boolean('share-processes');
    if (!flags.boolean('same-node')) delete spec.nodeName;
    const images = new Map(pairsOf(flags, 'set-image'));
    for (const each of spec.containers) each.image = images.get(each.name) ?? images.get('*') ?? each.image;
    const metadata = { name: flags.string('copy-to'), namespace, ...(labels && { labels }), ...(annotations && { annotations }) };
    const copy: Json = { kind: 'Pod', apiVersion: 'v1', metadata, spec, status: {} };
    const known = [...spec.containers, ...(spec.initContainers ?? [])].find(
      (each: Json) => each.name === flags.string('container'),
    );
    const image = flags.string('image');
    if (!known && image === '' && images.size === 0) throw new KubectlError('you must specify image when creating new container');
    let name = '';
    if (known || image !== '') {
      name = flags.string('container') || this.#containerName(copy, pod);
      const container = known ?? { name, terminationMessagePolicy: 'File', resources: {} };
      if (!known) spec.containers.push(container);
      const { name: _name, stdin, tty, ...given } = this.#container(name);
      if (given.command && !flags.boolean('arguments-only')) delete container.args;
      if (image === '') delete given.image;
      delete given.terminationMessagePolicy;
      Object.assign(container, given);
      for (const [field, value] of Object.entries({ stdin, tty })) {
        if (value) container[field] = true;
        else delete container[field];
      }
      this.#apply(copy, [...spec.containers, ...(spec.initContainers ?? [])], name, 'copy');
      this.#warn(container, copy);
    }
    const pods = session.discovery.find('pods');
    const created = session.post(pathOf(pods, namespace), copy);
    if (flags.boolean('replace')) session.delete(pathOf(pods, namespace, pod.metadata.name), { gracePeriodSeconds: 0 });
    return { pod: created, container: name };
  }

  /** A container as the flags want it. */
  #container(name: string): Json {
    const { flags, command } = this;
    const env = pairsOf(flags, 'env').map(([key, value]) => ({ name: key, ...(value && { value }) }));
    const policy = flags.string('image-pull-policy');
    return {
      name,
      image: flags.string('image'),
      ...(command.length > 0 && { [flags.boolean('arguments-only') ? 'args' : 'command']: [...command] }),
      ...(env.length > 0 && { env }),
      terminationMessagePolicy: 'File',
      ...(policy && { imagePullPolicy: policy }),
      ...(flags.boolean('stdin') && { stdin: true }),
      ...(flags.boolean('tty') && { tty: true }),
    };
  }

  #apply(pod: Json, containers: Json[], name: string, style: DebugStyle): void {
    const { flags } = this;
    const container = containers.find((each) => each.name === name);
    const keep: Keep = {
      labels: flags.boolean('keep-labels'),
      annotations: flags.boolean('keep-annotations'),
      liveness: flags.boolean('keep-liveness'),
      readiness: flags.boolean('keep-readiness'),
      startup: flags.boolean('keep-startup'),
      initContainers: flags.boolean('keep-init-containers'),
    };
    this.profile(pod, container, style, keep);
    const { custom } = this;
    if (!custom) return;
    const env: Json[] = [
      ...(custom.env ?? []),
      ...(container.env ?? []).filter((each: Json) => !custom.env?.some((one: Json) => one.name === each.name)),
    ];
    Object.assign(
      container,
      custom,
      env.length > 0 && { env },
      custom.securityContext && { securityContext: { ...container.securityContext, ...custom.securityContext } },
    );
  }

  /** Upstream: computeDebugContainerName. */
  #containerName(pod: Json, original = pod): string {
    const { session, flags } = this;
    if (flags.string('container')) return flags.string('container');
    const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
    const taken = [...containers, ...initContainers, ...ephemeralContainers].map(({ name }: Json) => name);
    const name = this.#unused('debugger-', original, (candidate) => taken.includes(candidate));
    if (!flags.boolean('quiet')) session.out(`Defaulting debug container name to ${name}.\n`);
    return name;
  }

  /** A name that ends as random ones do, and follows from the object and the time. */
  #unused(prefix: string, { metadata }: Json, isTaken: (name: string) => boolean): string {
    for (let turn = 0; ; turn++) {
      const hash = fnv128a(`${metadata.uid} ${metadata.resourceVersion} ${this.session.now} ${turn}`);
      const letters = Array.from(
        { length: 5 },
        (_, index) => ALPHABET[parseInt(hash.slice(4 * index, 4 * index + 4), 16) % ALPHABET.length],
      );
      const name = prefix + letters.join('');
      if (!isTaken(name)) return name;
    }
  }

  #exists(path: string): boolean {
    return this.session.environment.api.handle({ method: 'GET', path }).status === 200;
  }

  /** Upstream: displayWarning. */
  #warn(container: Json, pod: Json): void {
    const { privileged, capabilities, runAsUser } = container.securityContext ?? {};
    const isRoot = !pod.spec.securityContext?.runAsUser || runAsUser === 0;
    if (isRoot || (!privileged && !capabilities?.add?.length)) return;
    this.session.err(
      'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
    );
  }
}

/** Upstream: k8s.io/apimachinery/pkg/util/rand. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `a=1,b=2` of a flag. */
export function pairsOf(flags: FlagValues, name: string): [string, string][] {
  return flags.list(name).map((text) => {
    const equals = text.indexOf('=');
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
}
