import { parseAllDocuments } from 'yaml';
import type { Json } from '../../cluster/apimachinery/object';
import { portsOf } from './evidence';
import type { MisconceptionId } from './list';
import type { Detector, Evidence } from './types';

/** The manifests that an action handed to the API server: files by name, or what stood in the command line itself. */
function manifestsOf({ command, applied, files }: Evidence): string[] {
  const named = [...command.matchAll(/(?:-f|--filename)[ =]*([\w./~-]+)/g)].map(([, name = '']) => name.replace(/^(~|\.)\//, ''));
  const texts = [...named, applied ?? ''].flatMap((name) => files[name] ?? []);
  const [, inline] = /<<-?\s*['"]?\w+['"]?\s*\n([^]*)\n\s*\w+\s*$/.exec(command) ?? [];
  return inline === undefined ? texts : [...texts, inline];
}

/** Longer manifests are not looked into: reading them would take the page's time. */
const MAX_LENGTH = 50_000;

function policiesIn(text: string): Json[] {
  if (text.length > MAX_LENGTH || !text.includes('NetworkPolicy')) return [];
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  if ('empty' in documents) return [];
  const objects = documents.flatMap((document) => (document.errors.length > 0 ? [] : [document.toJS() as Json]));
  return objects.filter((object) => object?.kind === 'NetworkPolicy');
}

const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : []);

/** What a policy says of both directions: its rules with their peers. */
const rulesOf = ({ spec }: Json): { ports: Json[]; peers: Json[] }[] =>
  [...listOf(spec?.ingress), ...listOf(spec?.egress)].map((rule: Json) => ({
    ports: listOf(rule?.ports).map((each) => each?.port),
    peers: [...listOf(rule?.from), ...listOf(rule?.to)],
  }));

/** A policy is written for the port or the address of a Service, which no packet has when it comes to a pod. */
const policySeesService: Detector = (evidence) => {
  const { services } = evidence.after;
  const ports = services.flatMap(portsOf);
  for (const rule of manifestsOf(evidence).flatMap(policiesIn).flatMap(rulesOf)) {
    const wrong = ports.find(
      ({ port, targetPort }) =>
        port !== targetPort && rule.ports.includes(port) && !ports.some((each) => each.targetPort === port),
    );
    if (wrong)
      return {
        ko: `네트워크폴리시는 목적지가 바뀐 뒤의 패킷을 본다. 적힌 번호는 서비스의 port다: ${wrong.port}. 파드에 닿는 번호(targetPort): ${wrong.targetPort}.`,
        en: `A NetworkPolicy sees packets after their destination was changed. ${wrong.port} is the Service’s port; what reaches the pod is the targetPort: ${wrong.targetPort}.`,
      };
    const address = services.find(({ spec }) => rule.peers.some(({ ipBlock }) => ipBlock?.cidr === `${spec?.clusterIP}/32`));
    if (address)
      return {
        ko: `네트워크폴리시가 보는 패킷에는 클러스터 IP가 없다: ${address.spec?.clusterIP}. 목적지가 이미 파드의 주소로 바뀌었다. 파드는 podSelector로 고른다.`,
        en: `No packet that a NetworkPolicy sees has a cluster IP: ${address.spec?.clusterIP}. The destination is a pod’s address by then. Choose pods with a podSelector.`,
      };
  }
  return undefined;
};

/** Mistakes that show in a manifest, whatever becomes of it. */
export const inManifests: Partial<Record<MisconceptionId, Detector>> = {
  'policy-sees-service': policySeesService,
};
