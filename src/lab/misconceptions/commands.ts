import type { KubeObject } from '../../cluster/apimachinery/object';
import { callsOf, namespaceOf, portsOf, type Call } from './evidence';
import type { MisconceptionId } from './list';
import type { Detector, Evidence } from './types';

const isNode = (place: string): boolean => place.startsWith('node:');

/** The host of a URL or of `HOST:PORT`. */
const hostIn = (word: string): string => word.replace(/^\w+:\/\//, '').replace(/[/:?].*$/, '');

const clients = new Set(['curl', 'wget', 'nslookup', 'host', 'ping', 'nc', 'getent']);

/** Names that a command line calls or looks up, with the namespace it does so from. */
const namesUsed = (evidence: Evidence): { name: string; namespace: string; call: Call }[] =>
  callsOf(evidence).flatMap((call) => {
    const namespace = namespaceOf(call.place);
    if (namespace === undefined || !clients.has(call.argv[0] ?? '')) return [];
    return call.argv.slice(1).map((word) => ({ name: hostIn(word), namespace, call }));
  });

const find = (services: readonly KubeObject[], name: string, namespace?: string) =>
  services.find(({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace));

const notFound = /could not resolve host|bad address|NXDOMAIN|can't resolve|can't find|not known/i;

const shortName: Detector = (evidence) => {
  const { services } = evidence.after;
  // curl -s says it with its exit status alone.
  if (!notFound.test(evidence.output) && evidence.exit !== 6) return undefined;
  for (const { name, namespace } of namesUsed(evidence)) {
    const elsewhere = find(services, name);
    if (!elsewhere || find(services, name, namespace)) continue;
    const full = `${name}.${elsewhere.metadata.namespace}`;
    return {
      ko: `짧은 이름은 부르는 파드의 네임스페이스에서만 찾는다: ${namespace}. 이 서비스는 다른 네임스페이스에 있다. 부를 이름: ${full}.`,
      en: `A short name is looked for in the calling pod’s namespace only: ${namespace}. This Service is in another one. Call it ${full}.`,
    };
  }
  return undefined;
};

const lookUps: Detector = (evidence) => {
  const { output, after } = evidence;
  for (const { argv } of callsOf(evidence)) {
    if (argv[0] !== 'dig' || argv.includes('+search') || /ANSWER: [1-9]|ANSWER SECTION/.test(output)) continue;
    // `dig +short` of a name that is there prints an address.
    if (argv.includes('+short') && /^\d+\.\d+\.\d+\.\d+$/m.test(output)) continue;
    const name = argv.slice(1).find((word) => {
      const [service = '', namespace, ...rest] = word.split('.');
      return rest.length === 0 && find(after.services, service, namespace) !== undefined;
    });
    if (name === undefined) continue;
    return {
      ko: `dig는 search 목록을 붙이지 않고 적힌 이름만 물었다: ${name}. +search를 주거나 전체 이름을 적는다. curl은 목록을 따라 찾는다.`,
      en: `dig asked for the name as written, without the search list: ${name}. Give it +search or the full name. curl goes through the list.`,
    };
  }
  return undefined;
};

const nodePortListens: Detector = (evidence) => {
  const { output, after } = evidence;
  const asked = callsOf(evidence).find(
    ({ argv, place }) => isNode(place) && /^(ss|netstat)$/.test(argv[0] ?? '') && argv.some((word) => /^-\w*[la]/.test(word)),
  );
  if (!asked) return undefined;
  const nodePorts = after.services.flatMap((service) => portsOf(service).flatMap(({ nodePort }) => nodePort ?? []));
  const missing = nodePorts.filter((port) => !new RegExp(`:${port}\\b`).test(output));
  if (missing.length === 0) return undefined;
  return {
    ko: `nodePort에서 듣는 소켓은 없어서 이 목록에 나오지 않는다: ${missing.join(', ')}. 규칙은 iptables-save나 nft list ruleset으로 본다.`,
    en: `No socket listens on a nodePort, so it is not in this list: ${missing.join(', ')}. The rules show in iptables-save or nft list ruleset.`,
  };
};

const serviceIsAProcess: Detector = (evidence) => {
  const addresses = evidence.after.services.flatMap(({ spec }) => (spec?.clusterIP ? [spec.clusterIP as string] : []));
  const asked = callsOf(evidence).some(
    ({ argv, place }) => isNode(place) && argv[0] === 'ip' && argv.some((word) => /^a(ddr(ess)?)?$/.test(word)),
  );
  const sought = addresses.find((address) => evidence.command.includes(address));
  if (!asked || sought === undefined || evidence.output.includes(sought)) return undefined;
  return {
    ko: `클러스터 IP를 가진 인터페이스는 어느 노드에도 없다: ${sought}. 서비스는 규칙으로만 있다.`,
    en: `No interface of any node has a cluster IP: ${sought}. A Service exists as rules only.`,
  };
};

const environment: Detector = (evidence) => {
  const { output, after } = evidence;
  for (const { argv, place } of callsOf(evidence)) {
    if (!/^(env|printenv)$/.test(argv[0] ?? '')) continue;
    const pod = after.pods.find(({ metadata }) => place === `pod:${metadata.namespace}/${metadata.name}`);
    const younger = after.services.find(({ metadata, spec }) => {
      const variable = `${metadata.name.toUpperCase().replaceAll('-', '_')}_SERVICE_HOST`;
      const made = metadata.creationTimestamp ?? '';
      const isOlder = metadata.namespace === pod?.metadata.namespace && made > (pod?.metadata.creationTimestamp ?? '');
      return isOlder && spec?.clusterIP && spec.clusterIP !== 'None' && !output.includes(variable);
    });
    if (!pod || !younger) continue;
    return {
      ko: `파드가 서비스보다 먼저 시작해서 환경 변수가 없다. 서비스: ${younger.metadata.name}. 파드를 새로 만들거나 DNS 이름을 쓴다.`,
      en: `The pod started before the Service, so it lacks its variables. Service: ${younger.metadata.name}. Make the pod anew, or use the DNS name.`,
    };
  }
  return undefined;
};

const portForward: Detector = (evidence) => {
  const asked = callsOf(evidence).some(
    ({ argv }) => argv[0] === 'kubectl' && argv.includes('port-forward') && argv.some((word) => /^(svc|services?)\//.test(word)),
  );
  if (!asked) return undefined;
  return {
    ko: 'port-forward는 서비스를 거치지 않는다. 셀렉터에 맞는 파드 하나를 골라 그 파드에 바로 잇는다.',
    en: 'port-forward does not go through the Service. It takes one pod that the selector matches and connects to that pod.',
  };
};

const externalName: Detector = (evidence) => {
  for (const { name, namespace, call } of namesUsed(evidence)) {
    if (!/^(curl|wget)$/.test(call.argv[0] ?? '')) continue;
    const [short = '', where = namespace] = name.split('.');
    const service = find(evidence.after.services, short, where);
    if (service?.spec?.type !== 'ExternalName') continue;
    return {
      ko: `ExternalName은 CNAME일 뿐이다. 연결은 ${String(service.spec.externalName)} 쪽으로 갔지만, Host 헤더와 인증서 확인에는 부른 이름이 쓰인다: ${name}.`,
      en: `ExternalName is only a CNAME. The connection goes to ${String(service.spec.externalName)}, but the Host header and the check of the certificate use the name that was called: ${name}.`,
    };
  }
  return undefined;
};

/** Mistakes that show in which command was chosen. */
export const inCommands: Partial<Record<MisconceptionId, Detector>> = {
  'short-name-everywhere': shortName,
  'look-ups-are-alike': lookUps,
  'node-port-listens': nodePortListens,
  'service-is-a-process': serviceIsAProcess,
  'environment-is-updated': environment,
  'port-forward-uses-service': portForward,
  'external-name-proxies': externalName,
};
