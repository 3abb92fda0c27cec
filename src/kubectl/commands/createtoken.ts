import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { outputFlags } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { flag } from '../flags';
import { Reporter } from '../writing';
import { exactlyOneName } from './generate';

/** What a token can be bound to, and its version. */
const BOUND: Record<string, string> = { Node: 'v1', Pod: 'v1', Secret: 'v1' };

export const createToken: Command = {
  name: 'token',
  short: 'Request a service account token',
  use: 'SERVICE_ACCOUNT_NAME',
  flags: [
    ...outputFlags,
    flag('audience', 'array', 'Who the token is for.'),
    flag('bound-object-kind', 'string', 'Kind of the object the token is bound to: Node, Pod, Secret.'),
    flag('bound-object-name', 'string', 'Name of the object the token is bound to.'),
    flag('bound-object-uid', 'string', 'UID of the object the token is bound to.'),
    flag('duration', 'duration', 'How long the token is good for.', { default: '0s' }),
  ],
  *run(invocation) {
    const { session, flags } = invocation;
    const name = exactlyOneName(invocation);
    const reporter = new Reporter(invocation, 'none', true);
    if (name === '') throw new KubectlError('service account name is required');
    const [duration, audiences] = [flags.duration('duration'), flags.list('audience')];
    if (duration < 0) throw new KubectlError('--duration must be greater than or equal to 0');
    if (duration % 1000 !== 0) throw new KubectlError('--duration cannot be expressed in units less than seconds');
    if (audiences.includes('')) throw new KubectlError('--audience must not be an empty string');
    const [kind = '', bound = '', uid = ''] = ['kind', 'name', 'uid'].map((field) => flags.string(`bound-object-${field}`));
    if (kind === '' && bound) throw new KubectlError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (kind === '' && uid) throw new KubectlError('--bound-object-uid can only be set if --bound-object-kind is provided');
    if (kind && !BOUND[kind]) throw new KubectlError(`supported --bound-object-kind values are ${Object.keys(BOUND).join(', ')}`);
    if (kind && !bound) throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided');
    const request = {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      spec: {
        audiences: audiences.length > 0 ? audiences : null,
        expirationSeconds: duration > 0 ? duration / 1000 : null,
        boundObjectRef: kind ? { kind, apiVersion: BOUND[kind], name: bound, ...(uid && { uid }) } : null,
      },
      status: { token: '', expirationTimestamp: null },
    };
    const accounts = pathOf(session.discovery.find('serviceaccounts'), session.namespace, name);
    let created: Json;
    try {
      created = session.post(`${accounts}/token`, request);
    } catch (error) {
      if (error instanceof StatusError) throw new KubectlError(`failed to create token: ${error.message}`);
      throw error;
    }
    if (!created.status?.token) throw new KubectlError('failed to create token: no token in server response');
    if (reporter.printsObjects) reporter.report(created, 'created');
    else session.out(created.status.token as string);
  },
};
