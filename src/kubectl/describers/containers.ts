import type { Json } from '../../cluster/apimachinery/object';
import { longTime } from './metadata';
import type { DescribeWriter } from './writer';

/** The `Containers:` part of pods and pod templates. @param space in front of everything: two spaces in templates */
export function writeContainers(
  writer: DescribeWriter,
  title: string,
  containers: Json[],
  statuses: Json[] | undefined,
  space: string,
): void {
  writer.line(0, `${space}${title}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status = statuses?.find((candidate) => candidate.name === container.name);
    writer.line(1, `${space ? ' ' : ''}${container.name}:`);
    writeBasics(writer, container, status);
    writeCommand(writer, 'Command', container.command);
    writeCommand(writer, 'Args', container.args);
    if (status) writeState(writer, status);
    writeResources(writer, container.resources);
    writeProbes(writer, container);
    writeEnvironment(writer, container);
    writeMounts(writer, container);
  }
}

function writeBasics(writer: DescribeWriter, container: Json, status: Json | undefined): void {
  if (status) writer.line(2, `Container ID:\t${status.containerID ?? ''}`);
  writer.line(2, `Image:\t${container.image}`);
  if (status) writer.line(2, `Image ID:\t${status.imageID ?? ''}`);
  const ports: Json[] = container.ports ?? [];
  const plural = ports.length > 1 ? 's' : '';
  const text = (field: string) =>
    ports.map((port) => `${port[field] ?? 0}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`).join(', ') ||
    '<none>';
  writer.line(2, `Port${plural}:\t${text('containerPort')}`);
  writer.line(2, `Host Port${plural}:\t${text('hostPort')}`);
  const seccomp = container.securityContext?.seccompProfile;
  if (!seccomp) return;
  writer.line(2, `SeccompProfile:\t${seccomp.type}`);
  if (seccomp.type === 'Localhost') writer.line(3, `LocalhostProfile:\t${seccomp.localhostProfile}`);
}

function writeCommand(writer: DescribeWriter, title: string, words: string[] | undefined): void {
  if (!words?.length) return;
  writer.line(2, `${title}:`);
  for (const word of words) for (const line of word.split('\n')) writer.line(3, line);
}

function writeState(writer: DescribeWriter, status: Json): void {
  writeOneState(writer, 'State', status.state);
  if (status.lastState?.terminated) writeOneState(writer, 'Last State', status.lastState);
  writer.line(2, `Ready:\t${status.ready ? 'True' : 'False'}`);
  writer.line(2, `Restart Count:\t${status.restartCount ?? 0}`);
}

function writeOneState(writer: DescribeWriter, title: string, state: Json): void {
  if (state?.running) {
    writer.line(2, `${title}:\tRunning`);
    writer.line(3, `Started:\t${longTime(state.running.startedAt)}`);
  } else if (state?.terminated) {
    const { terminated } = state;
    writer.line(2, `${title}:\tTerminated`);
    if (terminated.reason) writer.line(3, `Reason:\t${terminated.reason}`);
    if (terminated.message) writer.line(3, `Message:\t${terminated.message}`);
    writer.line(3, `Exit Code:\t${terminated.exitCode ?? 0}`);
    if (terminated.signal) writer.line(3, `Signal:\t${terminated.signal}`);
    writer.line(3, `Started:\t${longTime(terminated.startedAt)}`);
    writer.line(3, `Finished:\t${longTime(terminated.finishedAt)}`);
  } else {
    writer.line(2, `${title}:\tWaiting`);
    if (state?.waiting?.reason) writer.line(3, `Reason:\t${state.waiting.reason}`);
  }
}

function writeResources(writer: DescribeWriter, resources: Json): void {
  for (const [title, field] of [
    ['Limits', 'limits'],
    ['Requests', 'requests'],
  ] as const) {
    const amounts = resources?.[field];
    if (!amounts || Object.keys(amounts).length === 0) continue;
    writer.line(2, `${title}:`);
    for (const name of Object.keys(amounts).sort()) writer.line(3, `${name}:\t${amounts[name]}`);
  }
}

function writeProbes(writer: DescribeWriter, container: Json): void {
  for (const [title, field] of [
    ['Liveness', 'livenessProbe'],
    ['Readiness', 'readinessProbe'],
    ['Startup', 'startupProbe'],
  ] as const) {
    if (container[field]) writer.line(2, `${title}:\t${probeText(container[field])}`);
  }
}

function probeText(probe: Json): string {
  const attributes =
    `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 1}s period=${probe.periodSeconds ?? 10}s ` +
    `#success=${probe.successThreshold ?? 1} #failure=${probe.failureThreshold ?? 3}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme = 'HTTP', host = '', port, path = '' } = probe.httpGet;
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${path} ${attributes}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  return `unknown ${attributes}`;
}

function writeEnvironment(writer: DescribeWriter, container: Json): void {
  const variables: Json[] = container.env ?? [];
  writer.line(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}`);
  for (const variable of variables) {
    const from = variable.valueFrom;
    if (!from) writer.line(3, `${variable.name}:\t${variable.value ?? ''}`);
    else if (from.fieldRef) writer.line(3, `${variable.name}:\t (${from.fieldRef.apiVersion ?? ''}:${from.fieldRef.fieldPath})`);
    else if (from.configMapKeyRef) {
      writer.line(
        3,
        `${variable.name}:\t<set to the key '${from.configMapKeyRef.key}' of config map '${from.configMapKeyRef.name}'>\tOptional: false`,
      );
    } else if (from.secretKeyRef) {
      writer.line(
        3,
        `${variable.name}:\t<set to the key '${from.secretKeyRef.key}' in secret '${from.secretKeyRef.name}'>\tOptional: false`,
      );
    }
  }
}

function writeMounts(writer: DescribeWriter, container: Json): void {
  const mounts: Json[] = [...(container.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  writer.line(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}`);
  for (const mount of mounts) {
    const marks = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path=${JSON.stringify(mount.subPath)}`] : [])];
    writer.line(3, `${mount.mountPath} from ${mount.name} (${marks.join(',')})`);
  }
}
