import type { Json } from '../../cluster/apimachinery/object';
import type { DescribeWriter } from './writer';

/** The `Volumes:` part of pods and pod templates. */
export function writeVolumes(writer: DescribeWriter, volumes: Json[] | undefined, space: string): void {
  if (!volumes?.length) return writer.line(0, `${space}Volumes:\t<none>`);
  writer.line(0, `${space}Volumes:`);
  for (const volume of volumes) {
    writer.line(1, `${space ? ' ' : ''}${volume.name}:`);
    for (const [title, value] of volumeLines(volume)) writer.line(2, `${title}:\t${value}`);
  }
}

function volumeLines(volume: Json): [string, string][] {
  if (volume.projected) {
    return [
      ['Type', 'Projected (a volume that contains injected data from multiple sources)'],
      ...(volume.projected.sources ?? []).flatMap(sourceLines),
    ];
  }
  if (volume.emptyDir) {
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', volume.emptyDir.medium ?? ''],
      ['SizeLimit', volume.emptyDir.sizeLimit ?? '<unset>'],
    ];
  }
  if (volume.configMap) {
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', volume.configMap.name],
      ['Optional', String(volume.configMap.optional ?? false)],
    ];
  }
  if (volume.secret) {
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', volume.secret.secretName],
      ['Optional', String(volume.secret.optional ?? false)],
    ];
  }
  if (volume.hostPath) {
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', volume.hostPath.path],
      ['HostPathType', volume.hostPath.type ?? ''],
    ];
  }
  return [['<unknown>', '']];
}

function sourceLines(source: Json): [string, string][] {
  if (source.secret) {
    return [
      ['SecretName', source.secret.name],
      ['Optional', String(source.secret.optional ?? false)],
    ];
  }
  if (source.downwardAPI) return [['DownwardAPI', 'true']];
  if (source.configMap) {
    return [
      ['ConfigMapName', source.configMap.name],
      ['Optional', String(source.configMap.optional ?? false)],
    ];
  }
  if (source.serviceAccountToken)
    return [['TokenExpirationSeconds', String(source.serviceAccountToken.expirationSeconds ?? 3600)]];
  return [];
}
