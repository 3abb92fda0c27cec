import type { Json, KubeObject } from '../apimachinery/object';
import { type ServiceHealth, healthResponse, proxyModeResponse } from '../kube-proxy/health';
import type { App } from '../network';
import { agnhost } from './images/agnhost';
import { bootcamp } from './images/bootcamp';
import { coredns } from './images/coredns';
import { echoserver } from './images/echoserver';
import { httpEcho } from './images/httpecho';
import { nginx } from './images/nginx';
import { shell } from './images/shell';
import type { FileReader, HttpRequest, HttpResponse, Image, Listener, Userland } from './images/image';
import { whoami } from './images/whoami';

const IMAGES: readonly Image[] = [nginx, agnhost, whoami, echoserver, httpEcho, bootcamp, coredns, shell];

export type { FileReader, HttpRequest, HttpResponse, Userland } from './images/image';

/** The image of a reference such as `registry.k8s.io/e2e-test-images/agnhost:2.53`; undefined when this simulator has none of that name. */
export function findImage(reference: string): Image | undefined {
  const name = reference
    .replace(/@.*$/, '')
    .replace(/:[^:/]+$/, '')
    .replace(/^docker\.io\/(library\/)?/, '');
  return IMAGES.find((image) => image.names.includes(name));
}

/** Every image that runs here: its names, and the programs of which system one finds in it. */
export function imageSupport(): { name: string; userland: Userland }[] {
  return IMAGES.flatMap((image) => image.names.map((name) => ({ name, userland: image.userland?.(name) ?? 'debian' })));
}

/** What a running pod listens on, from its images, their arguments and environment. */
export function listenersOf(pod: KubeObject, files: FileReader): Listener[] {
  return (pod.spec.containers as Json[]).flatMap(
    (container) =>
      findImage(container.image)
        ?.listen(container, () => files(pod, container))
        ?.map((listener) => ({ ...listener, app: { ...listener.app, container: container.name } })) ?? [],
  );
}

/** The programs one can run in a container of that image; undefined when the image is not known, as with the stand-ins of recordings. */
export function userlandOf(reference: string): Userland | undefined {
  const image = findImage(reference);
  return image && (image.userland?.(reference) ?? 'debian');
}

/** Whether an image is there for its shell, which it runs unless told otherwise. */
export const isShellImage = (reference: string): boolean =>
  findImage(reference) === shell && !reference.includes('pause') && userlandOf(reference) !== 'none';

/** The image whose program holds a socket. */
const imageOf = (app: App): Image | undefined => IMAGES.find(({ apps }) => apps.includes(app.kind));

/** The answer of an HTTP server to one request; undefined when the program does not speak HTTP. */
export function respond(app: App, request: HttpRequest): HttpResponse | undefined {
  if (app.kind === 'kube-proxy-metrics') return proxyModeResponse(String(app.mode), request);
  if (app.kind === 'kube-proxy-health') return healthResponse(app as ServiceHealth);
  return imageOf(app)?.respond?.(app, request);
}

/** What the program behind a UDP socket sends back; undefined when it does not answer that, or nobody here knows. */
export function answerDatagram(app: App, text: string, about: { peer: string; pod: string }): string | undefined {
  return imageOf(app)?.datagram?.(app, text, about);
}

/** ms after which the program behind a socket closes a connection on which nothing happens. Undefined: it waits for ever. */
export function idleTimeout(app: App): number | undefined {
  return imageOf(app)?.idleTimeout?.(app);
}
