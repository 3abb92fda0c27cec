import { translate } from '@docusaurus/Translate';
import { useState, type ReactNode } from 'react';
import type { Lab } from '../../lab/types';
import { useLabSnapshot } from '../LabProvider/context';
import frame from '../frame.module.css';
import { fileText } from '../Manifest/fileText';
import { hostName } from '../trace/names';
import { destinationOf, stepsOf } from '../trace/steps';
import { useTraces } from '../trace/useTrace';
import { lossWord } from '../trace/words';
import { portCount, portKeys, serviceDocument, withPort, writtenPort, type PortKey } from './manifestPorts';
import styles from './ports.module.css';
import { callsService, endAt, livePort, socketsOf } from './stations';
import { Strand } from './Strand';

export default function LivePorts({ lab, service, file }: { lab: Lab; service: string; file: string }): ReactNode {
  const snapshot = useLabSnapshot() ?? lab.getSnapshot();
  const looked = useTraces();
  const [index, choose] = useState(0);
  const [refused, refuse] = useState<{ key: PortKey; text: string }>();
  const [running, setRunning] = useState(false);

  const text = fileText(snapshot.files, file);
  const document = serviceDocument(text, service);
  const live = livePort(snapshot, service, index);
  if (document === undefined) {
    return (
      <p className={frame.empty}>
        {translate({ id: 'widget.ports.noManifest', message: '파일에 이 서비스의 매니페스트가 없다.' })} <code>{file}</code>
      </p>
    );
  }
  const count = Math.max(1, portCount(text, document));
  const sockets = live ? socketsOf(snapshot, live) : [];
  const mine = live ? looked.traces.filter((candidate) => callsService(candidate, snapshot, live)) : [];
  const trace = mine.find(({ id }) => id === looked.trace?.id) ?? mine.at(-1);
  const steps = trace ? stepsOf(trace) : [];
  const changes = steps.filter(({ changed, direction }) => changed.destination && direction === 'request');
  const facts = [
    ...changes.map((step) => `${destinationOf(step.before)} → ${destinationOf(step.after)}`),
    ...steps.flatMap(({ loss }) => (loss ? lossWord(loss) : [])),
  ];
  const end = trace && endAt(trace);
  const firstNode = snapshot.nodes.find(({ metadata }) => /^node-/.test(metadata.name)) ?? snapshot.nodes[0];
  const node = (changes.at(-1)?.host.startsWith('node:') ? changes.at(-1)!.host.slice(5) : firstNode?.metadata.name) ?? '';
  const rules = live && lab.rulesOf(node);

  const apply = async () => {
    setRunning(true);
    try {
      return await lab.apply(file);
    } finally {
      setRunning(false);
    }
  };
  const change = async (key: PortKey, value: string) => {
    lab.writeFile(file, withPort(text, document, index, key, value));
    const { exit, stderr } = await apply();
    refuse(exit === 0 ? undefined : { key, text: stderr.trim() });
  };
  const nodeIP: string | undefined = firstNode?.status?.addresses?.[0]?.address;
  const send = (from: string, address: string, port: number) =>
    looked.look(lab.connect({ from, protocol: live?.port.protocol === 'UDP' ? 'UDP' : 'TCP', address, port }).id);
  const calls = live
    ? [
        ...(nodeIP && live.port.nodePort ? [{ from: 'internet', address: nodeIP, port: live.port.nodePort }] : []),
        ...(nodeIP ? [{ from: 'internet', address: nodeIP, port: live.port.port }] : []),
        ...(/^\d/.test(live.service.spec?.clusterIP ?? '')
          ? [{ from: `node:${firstNode?.metadata.name}`, address: live.service.spec.clusterIP as string, port: live.port.port }]
          : []),
      ]
    : [];

  return (
    <div className={styles.parts}>
      <div className={frame.bar}>
        <code className={styles.file}>{file}</code>
        {count > 1 && (
          <span
            role="group"
            aria-label={translate({ id: 'widget.ports.ports', message: '서비스의 포트' })}
            className={styles.choices}
          >
            {Array.from({ length: count }, (_, at) => (
              <button key={at} type="button" className={frame.button} aria-pressed={at === index} onClick={() => choose(at)}>
                spec.ports[{at}]
              </button>
            ))}
          </span>
        )}
        <span className={frame.hint}>
          {translate({ id: 'widget.ports.hint', message: '번호를 고치고 Enter를 누르면 적용된다.' })}
        </span>
      </div>
      {portKeys.map((key) => (
        <Strand
          key={`${key} ${index}`}
          portKey={key}
          written={writtenPort(text, document, index, key)}
          seen={{ snapshot, live, sockets, trace, node, rules, end, target: changes.at(-1)?.after.destination }}
          refusal={refused?.key === key ? refused.text : undefined}
          onChange={(value) => void change(key, value)}
        />
      ))}
      <p className={styles.outcome} role="status">
        {trace
          ? `${hostName(trace.from)} · ${translate(
              { id: 'widget.ports.changes', message: '목적지가 바뀐 횟수: {count}' },
              { count: String(changes.length) },
            )}${facts.map((fact) => ` · ${fact}`).join('')}`
          : !live
            ? translate({ id: 'widget.ports.applyHint', message: '적용하면 번호가 매니페스트에서 클러스터로 이어진다.' })
            : translate({
                id: 'widget.ports.sendHint',
                message: '번호를 하나 골라 패킷을 보내면, 그 번호가 어디까지 가는지 나온다.',
              })}
      </p>
      <div className={frame.bar}>
        {!live && (
          <button
            type="button"
            className={`${frame.button} ${frame.primary}`}
            disabled={running}
            onClick={() =>
              void apply().then(({ exit, stderr }) => refuse(exit === 0 ? undefined : { key: 'port', text: stderr.trim() }))
            }
          >
            {translate({ id: 'widget.manifest.apply', message: '적용' })}
          </button>
        )}
        {calls.map(({ from, address, port }) => (
          <button key={`${address}:${port}`} type="button" className={frame.button} onClick={() => send(from, address, port)}>
            {hostName(from)} → {address}:{port}
          </button>
        ))}
      </div>
    </div>
  );
}
