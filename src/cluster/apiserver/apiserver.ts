import { ApiError, badRequest, conflict, expired, methodNotAllowed, noSuchPath, notFound } from '../apimachinery/errors';
import { required } from '../apimachinery/fielderror';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import type { Clock } from '../clock';
import { applyConfig } from './apply';
import { conversionOf, keptBody, shownBody } from './conversion';
import { decodeBody, fieldValidationOf } from './body';
import { describeServer } from './discovery';
import { validateEphemeralContainers, withEphemeralContainers } from './ephemeralcontainers';
import type { Writer } from './fields/managers';
import { userOf } from './impersonation';
import { filterOf } from './listing';
import { checkGetVersion, checkNotTooLarge, isTrue, listVersionOf } from './listoptions';
import { expiredToken, pageOf, readToken, type Token } from './paging';
import { openApi } from './openapi';
import { APPLY, applyPatch, patchTypeOf } from './patch';
import { parsePath, type Target } from './path';
import { type LogReader, logRequest } from './podlog';
import { type Registry, type WriteOptions } from './registry';
import { checkWriteOptions, deleteOptions, refuseOptions } from './requestoptions';
import type { ApiClient, ApiRequest, ApiResponse, WatchEvent, WatchHandle } from './rest';
import { FINALIZE } from './resources/namespace';
import type { Store } from './store';
import { checkRoute } from './routes';
import { bind, evict, patchedScale, SCALE, scaleOf, scaleTable, unknownSubresource, writeScale } from './subresources';
import { viewList, viewObject, viewOf } from './views';
import { Watches } from './watches';
import { answerUnserved, isUnservedCollection } from './unservedrequests';

/** Answers REST requests as a Kubernetes 1.36 API server does. */
export class ApiServer implements ApiClient {
  private readonly watches: Watches;

  constructor(
    private readonly store: Store,
    private readonly registry: Registry,
    private readonly clock: Clock,
    /** The kubelets' logs. Without them pods/log is not served. */
    private readonly logs?: LogReader,
  ) {
    this.watches = new Watches(store, clock, registry.managers);
  }

  handle(request: ApiRequest): ApiResponse {
    const conversion = conversionOf(request.path);
    // a patch is about the fields of its own version
    if (conversion && request.method !== 'PATCH') {
      const path = request.path.replace(conversion.from, conversion.to);
      const answer = this.handle({ ...request, path, body: keptBody(conversion, request.body) });
      return { ...answer, body: shownBody(conversion, answer.body) };
    }
    const warnings: string[] = [];
    try {
      const { status, body } = this.#answer(request, warnings);
      return { status, body, ...(warnings.length > 0 && { warnings }) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.code, body: error.status, ...(warnings.length > 0 && { warnings }) };
    }
  }

  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void): WatchHandle | ApiResponse {
    const conversion = conversionOf(request.path);
    if (conversion) {
      const path = request.path.replace(conversion.from, conversion.to);
      const convert = ({ type, object }: WatchEvent) => onEvent({ type, object: shownBody(conversion, object) as KubeObject });
      return this.watch({ ...request, path }, convert);
    }
    try {
      userOf(request.headers);
      const target = parsePath(request.path);
      if (!target && isUnservedCollection(request.path)) return { stop: () => undefined };
      if (!target || target.subresource) throw noSuchPath();
      const { definition } = target;
      const query = { ...request.query };
      if (target.name) query.fieldSelector = [query.fieldSelector, `metadata.name=${target.name}`].filter(Boolean).join(',');
      const view = viewOf(request);
      return this.watches.start(target, query, ({ type, object }) => {
        const isChange = type !== 'BOOKMARK' && type !== 'ERROR';
        onEvent({
          type,
          object: isChange ? viewObject(view, definition, this.#shown(definition, object), this.clock.now(), query, {}) : object,
        });
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.code, body: error.status };
    }
  }

  stream(request: ApiRequest, onText: (text: string) => void, onEnd: () => void): WatchHandle | ApiResponse {
    try {
      userOf(request.headers);
      const target = parsePath(request.path);
      if (!target || !this.logs || !isLog(target)) throw noSuchPath();
      const pod = this.#get(target);
      const wanted = logRequest(pod, request.query ?? {}, this.clock.now());
      if (wanted) return { stop: this.logs.follow(pod, wanted, onText, onEnd) };
      onEnd();
      return { stop: () => undefined };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.code, body: error.status };
    }
  }

  #answer(request: ApiRequest, warnings: string[]): { status: number; body: Json } {
    userOf(request.headers);
    const server = openApi(request.path) ?? describeServer(request.path, request.query, request.headers?.accept);
    if (server !== undefined) {
      // what go-restful serves looks at methods
      if (request.method !== 'GET' && /^\/(version|apis?\/.)/.test(request.path)) throw methodNotAllowed();
      return { status: 200, body: server };
    }
    const target = parsePath(request.path);
    if (!target) return this.#unserved(request);
    checkRoute(target, request.method);
    const options = OPTIONS[request.method];
    if (options) checkWriteOptions(options, request.query ?? {});
    if (target.definition.warning) warnings.push(target.definition.warning);
    if (target.subresource && target.subresource !== 'status') return this.#subresource(request, target);
    switch (request.method) {
      case 'GET':
        return {
          status: 200,
          body:
            target.name === undefined ? this.#list(request, target) : this.#show(request, target, this.#read(request, target)),
        };
      case 'POST':
        return { status: 201, body: this.#show(request, target, this.#create(request, target, warnings)) };
      case 'PUT':
        return this.#replace(request, target, warnings);
      case 'PATCH':
        return this.#patch(request, target, warnings);
      case 'DELETE':
        return target.name === undefined ? this.#deleteCollection(request, target) : this.#delete(request, target);
    }
  }

  /** Kinds that are only listed in discovery. */
  #unserved(request: ApiRequest): { status: number; body: Json } {
    return answerUnserved(request, { resourceVersion: this.store.resourceVersion, now: this.clock.now() });
  }

  #get({ definition, namespace, name }: Target): KubeObject {
    const object = this.registry.get(definition.plural, namespace, name!);
    if (object) return object;
    throw notFound(definition, name!);
  }

  #read({ query = {} }: ApiRequest, target: Target): KubeObject {
    checkGetVersion(query, Number(this.store.resourceVersion));
    return this.#get(target);
  }

  #list(request: ApiRequest, target: Target): Json {
    const query = request.query ?? {};
    const { definition, namespace } = target;
    const newest = Number(this.store.resourceVersion);
    const token = query.continue ? readToken(query.continue) : undefined;
    // a token without a version goes on in what there is now
    const version = listVersionOf(query, newest) ?? (token && token.rv > 0 ? token.rv : undefined);
    const all = version === undefined ? this.store.list(definition.plural, namespace) : this.#listAt(target, version, token);
    // one name is not looked for among the others. Upstream: SelectionPredicate.MatchesSingle
    const [, single] = /(?:^|,)metadata\.name==?([^,]+)/.exec(query.fieldSelector ?? '') ?? [];
    const objects = single === undefined ? all : all.filter(({ metadata: { name } }) => name === single);
    const { page, metadata } = pageOf(
      objects,
      filterOf(definition, query),
      namespace !== undefined,
      query,
      token,
      version ?? newest,
    );
    const shown = page.map((object) => this.#shown(definition, object));
    return viewList(viewOf(request), definition, shown, metadata, this.clock.now(), query);
  }

  #listAt({ definition, namespace }: Target, version: number, token: Token | undefined): readonly KubeObject[] {
    checkNotTooLarge(version, Number(this.store.resourceVersion));
    const objects = this.store.listAt(definition.plural, namespace, version);
    if (objects) return objects;
    throw token ? expiredToken(token) : expired('The resourceVersion for the provided list is too old.');
  }

  #create(request: ApiRequest, target: Target, warnings: string[]): KubeObject {
    const { definition, namespace } = target;
    const query = request.query ?? {};
    const { object, warnings: unknown } = decodeBody(definition, request.body, fieldValidationOf(query), request.text);
    warnings.push(...unknown);
    object.metadata ??= {};
    placeIn(definition, object, namespace ?? 'default');
    const created = this.registry.create(definition.plural, object, writeOptions(request));
    warnings.push(...(definition.warnings?.(created) ?? []));
    return created;
  }

  #replace(request: ApiRequest, target: Target, warnings: string[]): { status: number; body: Json } {
    const { definition, namespace, name } = target;
    const query = request.query ?? {};
    const { object, warnings: unknown } = decodeBody(definition, request.body, fieldValidationOf(query), request.text);
    warnings.push(...unknown);
    object.metadata ??= {};
    placeIn(definition, object, namespace!);
    requireName(object, name!);
    if (definition.createsOnUpdate && !target.subresource && !this.registry.get(definition.plural, namespace, name!)) {
      const created = this.registry.create(definition.plural, object, writeOptions(request));
      warnings.push(...(definition.warnings?.(created) ?? []));
      return { status: 201, body: this.#show(request, target, created) };
    }
    this.#checkUid(target, object.metadata.uid);
    return { status: 200, body: this.#show(request, target, this.#store(request, target, object, warnings)) };
  }

  /** A uid in a replacement is a precondition. Upstream: registry/rest UpdatedObjectInfo.Preconditions, storage.Preconditions.Check. */
  #checkUid({ definition, namespace, name }: Target, uid: string | undefined): void {
    const old = this.registry.get(definition.plural, namespace, name!);
    if (!uid || !old || uid === old.metadata.uid) return;
    const key = `/registry/${STORED_AS[definition.plural] ?? definition.plural}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
    throw conflict(
      definition,
      name!,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
    );
  }

  #patch(request: ApiRequest, target: Target, warnings: string[]): { status: number; body: Json } {
    const { definition, name } = target;
    const query = request.query ?? {};
    const type = patchTypeOf(request.headers);
    if (type === APPLY) return this.#apply(request, target, warnings);
    const old = this.#get(target);
    const { object, warnings: unknown } = applyPatch(
      definition,
      this.registry.managers.shown(old),
      type,
      request.body,
      fieldValidationOf(query),
    );
    warnings.push(...unknown);
    requireName(object, name!);
    placeIn(definition, object, old.metadata.namespace!);
    return { status: 200, body: this.#show(request, target, this.#store(request, target, object, warnings)) };
  }

  #apply(request: ApiRequest, target: Target, warnings: string[]): { status: number; body: Json } {
    const { definition, namespace, name, subresource } = target;
    const query = request.query ?? {};
    if (!query.fieldManager) refuseOptions('PatchOptions', [required('fieldManager', 'is required for apply patch')]);
    const config = { ...request.body, metadata: { ...request.body?.metadata } };
    config.metadata.name ??= name;
    if (config.metadata.name !== name)
      throw badRequest(`the name of the object (${config.metadata.name}) does not match the name on the URL (${name})`);
    if (definition.namespaced) config.metadata.namespace = namespaceOf(config, namespace!);
    const live = this.registry.get(definition.plural, namespace, name!);
    const { writer = { manager: '', operation: 'Apply' }, ...options } = writeOptions(request, subresource);
    const { object, entries } = applyConfig({
      definition,
      live,
      entries: this.registry.managers.entriesOf(live),
      config,
      writer: { ...writer, operation: 'Apply' },
      force: isTrue(query.force),
      time: rfc3339(this.clock.now()),
    });
    const decoded = decodeBody(definition, object, 'Ignore').object;
    const write: WriteOptions = { ...options, writer, entries };
    if (!live) {
      const created = this.registry.create(definition.plural, decoded, write);
      warnings.push(...(definition.warnings?.(created) ?? []));
      return { status: 201, body: this.#show(request, target, created) };
    }
    return { status: 200, body: this.#show(request, target, this.#store(request, target, decoded, warnings, write)) };
  }

  #store(
    request: ApiRequest,
    { definition, subresource }: Target,
    object: Json,
    warnings: string[],
    options = writeOptions(request, subresource),
  ): KubeObject {
    const old = this.registry.get(definition.plural, object.metadata.namespace, object.metadata.name);
    const stored =
      subresource === 'status'
        ? this.registry.updateStatus(definition.plural, object, options)
        : this.registry.update(definition.plural, object, options);
    warnings.push(...(definition.warnings?.(stored, old) ?? []));
    return stored;
  }

  #delete(request: ApiRequest, { definition, namespace, name }: Target): { status: number; body: Json } {
    const before = this.registry.get(definition.plural, namespace, name!);
    const after = this.registry.delete(definition.plural, namespace, name!, deleteOptions(request));
    const gone = this.registry.get(definition.plural, namespace, name!) === undefined;
    // pods and namespaces are returned as they are; the rest answer with a Status once they are gone (ReturnDeletedObject)
    if (!gone || ['pods', 'namespaces', 'services'].includes(definition.plural))
      return { status: 200, body: this.#shown(definition, after) };
    return {
      status: 200,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: {
          name,
          ...(definition.group && { group: definition.group }),
          kind: definition.plural,
          uid: before?.metadata.uid,
        },
      },
    };
  }

  #deleteCollection(request: ApiRequest, target: Target): { status: number; body: Json } {
    const { definition, namespace } = target;
    const list = this.#list({ ...request, headers: {} }, target);
    const options = deleteOptions(request);
    const objects = this.store.list(definition.plural, namespace).filter(filterOf(definition, request.query ?? {}));
    for (const object of objects)
      this.registry.delete(definition.plural, object.metadata.namespace, object.metadata.name, options);
    return { status: 200, body: list };
  }

  #subresource(request: ApiRequest, target: Target): { status: number; body: Json } {
    const options = writeOptions(request, target.subresource);
    const scalable = target.subresource === 'scale' && target.definition.subresources?.includes('scale');
    if (scalable && request.method === 'GET') {
      const scale = scaleOf(this.#get(target));
      return { status: 200, body: viewOf(request) === 'Table' ? scaleTable(scale, this.clock.now()) : scale };
    }
    if (scalable && request.method === 'PUT') {
      const { object } = decodeBody(SCALE, request.body, 'Ignore', request.text);
      requireName(object, target.name!);
      return { status: 200, body: writeScale(this.registry, target, object, options) };
    }
    if (scalable && request.method === 'PATCH') {
      const type = patchTypeOf(request.headers);
      const { object: scale } = applyPatch(SCALE, patchedScale(this.registry, this.#get(target)), type, request.body, 'Ignore');
      return { status: 200, body: writeScale(this.registry, target, scale, options) };
    }
    if (target.subresource === 'binding' && target.definition.plural === 'pods' && request.method === 'POST') {
      return { status: 201, body: bind(this.registry, target, request.body) };
    }
    if (target.subresource === 'eviction' && target.definition.plural === 'pods' && request.method === 'POST') {
      return { status: 201, body: evict(this.registry, target, request.body) };
    }
    if (target.subresource === 'ephemeralcontainers' && ['GET', 'PUT', 'PATCH'].includes(request.method)) {
      const old = this.#get(target);
      if (request.method === 'GET') return { status: 200, body: this.#show(request, target, old) };
      const { definition } = target;
      const validation = fieldValidationOf(request.query ?? {});
      const { object } =
        request.method === 'PUT'
          ? decodeBody(definition, request.body, validation)
          : applyPatch(definition, this.registry.managers.shown(old), patchTypeOf(request.headers), request.body, validation);
      const write = writeOptions(request, 'ephemeralcontainers');
      const stored = this.registry.update('pods', withEphemeralContainers(old, object), {
        ...write,
        validateUpdate: validateEphemeralContainers,
      });
      return { status: 200, body: this.#show(request, target, stored) };
    }
    if (target.subresource === 'finalize' && request.method === 'PUT') {
      const { object } = decodeBody(target.definition, request.body, fieldValidationOf(request.query ?? {}), request.text);
      requireName(object, target.name!);
      const write = { ...writeOptions(request, 'finalize'), ...FINALIZE };
      return { status: 200, body: this.#show(request, target, this.registry.update('namespaces', object, write)) };
    }
    if (this.logs && isLog(target) && request.method === 'GET') {
      const pod = this.#get(target);
      const wanted = logRequest(pod, request.query ?? {}, this.clock.now());
      return { status: 200, body: wanted ? this.logs.read(pod, wanted) : '' };
    }
    return unknownSubresource(request, target, () => this.#get(target));
  }

  #show(request: ApiRequest, { definition }: Target, object: KubeObject): Json {
    return viewObject(viewOf(request), definition, this.#shown(definition, object), this.clock.now(), request.query);
  }

  #shown({ onRead }: Target['definition'], object: KubeObject): KubeObject {
    const shown = this.registry.managers.shown(object);
    return onRead ? onRead(shown) : shown;
  }
}

const isLog = ({ definition, subresource }: Target) => definition.plural === 'pods' && subresource === 'log';

/** Where etcd keeps what it does not keep by its plural. */
const STORED_AS: Record<string, string> = { services: 'services/specs', endpoints: 'services/endpoints', nodes: 'minions' };

const OPTIONS: Partial<Record<ApiRequest['method'], string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
};

/** Upstream: EnsureObjectNamespaceMatchesRequestNamespace. What is in no namespace loses one that it names. */
function placeIn({ namespaced }: Target['definition'], object: Json, namespace: string): void {
  if (namespaced) object.metadata.namespace = namespaceOf(object, namespace);
  else delete object.metadata.namespace;
}

function namespaceOf(object: Json, namespace: string): string {
  const given = object.metadata?.namespace;
  if (given && given !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return namespace;
}

/** Upstream: k8s.io/apiserver/pkg/endpoints/handlers checkName. */
function requireName(object: Json, name: string): void {
  const given: string = object.metadata?.name ?? '';
  if (given === '') throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (given !== name) throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
}

function writeOptions({ query, headers }: ApiRequest, subresource?: string): WriteOptions {
  // without a name given, the client's program names the manager
  const manager = query?.fieldManager || (headers?.['user-agent'] ?? 'kubectl').split('/')[0]!;
  const writer: Writer = { manager, operation: 'Update', ...(subresource && { subresource }) };
  // what is written was decoded from the request
  return { dryRun: query?.dryRun !== undefined, writer, owned: true };
}
