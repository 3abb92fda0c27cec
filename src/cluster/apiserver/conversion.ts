import type { Json } from '../apimachinery/object';

/** A version of a kind that is kept in another one, and the way there and back. */
interface Conversion {
  kind: string;
  apiVersion: string;
  /** What paths of the version begin with, and what those of the kept version begin with. */
  from: string;
  to: string;
  plural: string;
  keptApiVersion: string;
  /** Into the kept version. */
  keep(object: Json): Json;
  /** Out of the kept version. */
  show(object: Json): Json;
}

const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';
const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';

/** Upstream: pkg/apis/autoscaling/v1/conversion.go. */
const horizontalPodAutoscalers: Conversion = {
  kind: 'HorizontalPodAutoscaler',
  apiVersion: 'autoscaling/v1',
  from: '/apis/autoscaling/v1/',
  to: '/apis/autoscaling/v2/',
  plural: 'horizontalpodautoscalers',
  keptApiVersion: 'autoscaling/v2',
  keep({ spec = {}, metadata, status: _status, ...rest }) {
    const { targetCPUUtilizationPercentage: percent, ...others } = spec;
    const { [CONDITIONS]: _conditions, [METRICS]: more, ...annotations } = metadata?.annotations ?? {};
    const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } } };
    const metrics = [...(more ? parse(more) : []), ...(percent ? [cpu] : [])];
    return {
      ...rest,
      metadata: { ...metadata, ...(metadata?.annotations && { annotations }) },
      spec: { ...others, ...(metrics.length > 0 && { metrics }) },
    };
  },
  show({ spec, metadata, status = {}, ...rest }) {
    const { scaleTargetRef, minReplicas, maxReplicas, metrics } = spec;
    const isCPU = ({ resource }: Json): boolean => resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;
    const cpu = metrics.find(isCPU);
    const others = metrics.filter((metric: Json) => metric !== cpu);
    const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas = 0, conditions } = status;
    const annotations = {
      ...metadata.annotations,
      ...(conditions && { [CONDITIONS]: JSON.stringify(conditions) }),
      ...(others.length > 0 && { [METRICS]: JSON.stringify(others) }),
    };
    return {
      ...rest,
      metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: {
        scaleTargetRef,
        minReplicas,
        maxReplicas,
        ...(cpu && { targetCPUUtilizationPercentage: cpu.resource.target.averageUtilization }),
      },
      status: {
        ...(observedGeneration !== undefined && { observedGeneration }),
        ...(lastScaleTime && { lastScaleTime }),
        currentReplicas,
        desiredReplicas,
      },
    };
  },
};

function parse(text: string): Json[] {
  try {
    const list: Json = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Fields of core events by their names in events.k8s.io, in Go's order. Upstream: pkg/apis/events/v1/conversion.go. */
const EVENT_FIELDS: [string, string][] = [
  ['eventTime', 'eventTime'],
  ['series', 'series'],
  ['reportingController', 'reportingComponent'],
  ['reportingInstance', 'reportingInstance'],
  ['action', 'action'],
  ['reason', 'reason'],
  ['regarding', 'involvedObject'],
  ['related', 'related'],
  ['note', 'message'],
  ['type', 'type'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];

const renamed = (object: Json, names: readonly (readonly [string, string])[]): Json =>
  Object.fromEntries(names.filter(([from]) => object[from] !== undefined).map(([from, to]) => [to, object[from]]));

const events: Conversion = {
  kind: 'Event',
  apiVersion: 'events.k8s.io/v1',
  from: '/apis/events.k8s.io/v1/',
  to: '/api/v1/',
  plural: 'events',
  keptApiVersion: 'v1',
  keep: ({ metadata, ...object }) => ({ metadata, ...renamed(object, EVENT_FIELDS) }),
  show: ({ metadata, kind, ...object }) => ({
    ...(kind && { kind }),
    metadata,
    ...renamed(
      object,
      EVENT_FIELDS.map(([shown, kept]) => [kept, shown]),
    ),
  }),
};

/** The conversion that a path asks for; undefined for kept versions. */
export function conversionOf(path: string): Conversion | undefined {
  return [horizontalPodAutoscalers, events].find(
    ({ from, plural }) =>
      path.startsWith(from) && new RegExp(`^(namespaces/[^/]+/)?${plural}(/|$)`).test(path.slice(from.length)),
  );
}

/** A body that a client sent, as the kept version; anything but an object of the version is left to the kept version to refuse. */
export function keptBody(conversion: Conversion, body: Json): Json {
  if (typeof body !== 'object' || body === null || body.kind !== conversion.kind || body.apiVersion !== conversion.apiVersion)
    return body;
  return { ...conversion.keep(body), kind: conversion.kind, apiVersion: conversion.keptApiVersion };
}

/** An answer in the kept version, as the one that was asked for: an object, a list or the objects in a table's rows. */
export function shownBody(conversion: Conversion, body: Json): Json {
  const { kind, apiVersion, keptApiVersion, show } = conversion;
  if (body?.apiVersion !== keptApiVersion) return body;
  if (body.kind === kind) {
    // a bookmark is an object of which there is only a version
    if (!body.metadata.name) return { ...body, apiVersion };
    const { apiVersion: _kept, ...shown } = show(body);
    return { ...shown, kind, apiVersion };
  }
  return body.kind === `${kind}List` ? { ...body, apiVersion, items: body.items.map(show) } : body;
}
