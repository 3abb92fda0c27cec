import type { Json, KubeObject } from '../../cluster/apimachinery/object';
import { StatusError } from '../errors';
import type { Session } from '../session';
import { writeEvents } from './events';
import type { DescribeWriter } from './writer';

/** What a describer may ask for besides the object. */
export class DescribeContext {
  constructor(
    readonly session: Session,
    /** Whether events are shown: one object was asked for by name. */
    readonly showEvents: boolean,
  ) {}

  get now(): number {
    return this.session.now;
  }

  /** Objects of a collection; empty when it cannot be read. */
  list(path: string, query?: Record<string, string>): Json[] {
    try {
      return this.session.get(path, query).items ?? [];
    } catch (error) {
      if (error instanceof StatusError) return [];
      throw error;
    }
  }

  /** One object; undefined when it cannot be read. */
  read(path: string): Json | undefined {
    try {
      return this.session.get(path);
    } catch (error) {
      if (error instanceof StatusError) return undefined;
      throw error;
    }
  }

  /** Writes the events about an object. @param uid of what events name as involved; nodes use their name */
  writeEvents(writer: DescribeWriter, object: KubeObject, uid = object.metadata.uid): void {
    if (!this.showEvents) return;
    const { name, namespace } = object.metadata;
    const selector = [`involvedObject.name=${name}`, `involvedObject.kind=${object.kind}`, `involvedObject.uid=${uid}`];
    if (namespace) selector.push(`involvedObject.namespace=${namespace}`);
    const path = namespace ? `/api/v1/namespaces/${namespace}/events` : '/api/v1/events';
    writeEvents(writer, this.list(path, { fieldSelector: selector.join(',') }), this.now);
  }
}

/** Writes one object. */
export type Describer = (writer: DescribeWriter, object: KubeObject, context: DescribeContext) => void;
