import { dns1123Subdomain } from '../../apimachinery/names';
import type { KubeObject } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, wide, type ResourceDefinition } from '../resource';
import { any, int32, string, struct, time } from '../schema';
import { since } from '../table';

/** Who reported the event. Upstream: printers formatEventSource. */
function source(event: KubeObject): string {
  const component = event.source?.component || event.reportingComponent || '';
  const instance = event.source?.host || event.reportingInstance || '';
  return instance ? `${component}, ${instance}` : component;
}

export const events: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  createsOnUpdate: true,
  generation: false,
  schema: objectSchema('Event', {
    involvedObject: any,
    reason: string,
    message: string,
    source: struct('EventSource', { component: string, host: string }),
    firstTimestamp: time,
    lastTimestamp: time,
    count: int32,
    type: string,
    eventTime: time,
    series: any,
    action: string,
    related: any,
    reportingComponent: string,
    reportingInstance: string,
  }),
  validateName: dns1123Subdomain,
  setDefaults() {},
  validate: () => [],
  selectableFields: (event) => ({
    'involvedObject.kind': event.involvedObject?.kind ?? '',
    'involvedObject.namespace': event.involvedObject?.namespace ?? '',
    'involvedObject.name': event.involvedObject?.name ?? '',
    'involvedObject.uid': event.involvedObject?.uid ?? '',
    'involvedObject.apiVersion': event.involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion': event.involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': event.involvedObject?.fieldPath ?? '',
    reason: event.reason ?? '',
    reportingComponent: event.reportingComponent ?? '',
    source: event.source?.component || event.reportingComponent || '',
    type: event.type ?? '',
  }),
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wide('Subobject'),
    wide('Source'),
    column('Message'),
    wide('First Seen'),
    wide('Count'),
    wide('Name'),
  ],
  row: (event, now) => {
    const first = event.firstTimestamp ?? event.eventTime;
    const last = event.lastTimestamp ?? first;
    const { kind = '', name = '', fieldPath = '' } = event.involvedObject ?? {};
    return [
      since(last, now),
      event.type ?? '',
      event.reason ?? '',
      kind ? `${kind.toLowerCase()}/${name}` : name,
      fieldPath,
      source(event),
      (event.message ?? '').trim(),
      since(first, now),
      event.count ?? 1,
      event.metadata.name,
    ];
  },
};
