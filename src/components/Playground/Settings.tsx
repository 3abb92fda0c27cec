import { translate } from '@docusaurus/Translate';
import { useId, useState, type ReactNode } from 'react';
import { playgroundLimits, type PlaygroundOptions } from '../../lab/scenarios/playground';
import frame from '../frame.module.css';
import styles from './playground.module.css';

interface SettingsProps {
  options: PlaygroundOptions;
  onChange: (options: PlaygroundOptions) => void;
}

/** What the cluster is made of. */
export function Settings({ options, onChange }: SettingsProps): ReactNode {
  const id = useId();
  const clouds: Record<PlaygroundOptions['cloud'], string> = {
    openstack: translate({ id: 'playground.openstack', message: 'OpenStack: 로드 밸런서가 노드 포트로 보낸다' }),
    metallb: translate({ id: 'playground.metallb', message: 'MetalLB(L2): 노드 하나가 주소를 맡는다' }),
    none: translate({ id: 'playground.none', message: '없음: EXTERNAL-IP가 계속 <pending>이다' }),
  };
  return (
    <form className={styles.settings} onSubmit={(event) => event.preventDefault()}>
      <NumberSetting
        label={translate({ id: 'playground.nodes', message: '노드 수(1~{most})' }, { most: String(playgroundLimits.nodes) })}
        value={options.nodes}
        most={playgroundLimits.nodes}
        onChange={(nodes) => onChange({ ...options, nodes })}
      />
      <label htmlFor={`${id}cloud`}>{translate({ id: 'playground.cloud', message: '클라우드' })}</label>
      <select
        id={`${id}cloud`}
        className={frame.select}
        value={options.cloud}
        onChange={({ target }) => onChange({ ...options, cloud: target.value as PlaygroundOptions['cloud'] })}
      >
        {Object.entries(clouds).map(([cloud, text]) => (
          <option key={cloud} value={cloud}>
            {text}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}proxy`}>{translate({ id: 'playground.proxy', message: 'kube-proxy 모드' })}</label>
      <select
        id={`${id}proxy`}
        className={frame.select}
        value={options.proxyMode}
        onChange={({ target }) => onChange({ ...options, proxyMode: target.value as PlaygroundOptions['proxyMode'] })}
      >
        <option>iptables</option>
        <option>nftables</option>
      </select>
      <label htmlFor={`${id}dns`}>DNS</label>
      <select
        id={`${id}dns`}
        className={frame.select}
        value={options.addons ? 'pods' : 'built-in'}
        onChange={({ target }) => onChange({ ...options, addons: target.value === 'pods' })}
      >
        <option value="built-in">{translate({ id: 'playground.dnsBuiltIn', message: '클러스터가 바로 답한다' })}</option>
        <option value="pods">{translate({ id: 'playground.dnsPods', message: 'CoreDNS 파드가 답한다(kube-dns)' })}</option>
      </select>
      <NumberSetting
        label={translate({ id: 'playground.seed', message: '시드' })}
        value={options.seed}
        most={playgroundLimits.seed}
        onChange={(seed) => onChange({ ...options, seed })}
      />
    </form>
  );
}

/** A whole number from 1 on; what is being typed counts once it is one. */
function NumberSetting({
  label,
  value,
  most,
  onChange,
}: {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && !valid(typed, most);
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          id={id}
          className={frame.input}
          inputMode="numeric"
          value={typed ?? value}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}wrong` : undefined}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => {
            if (typed !== undefined && valid(typed, most)) onChange(Number(typed));
            setTyped(undefined);
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && typed !== undefined && valid(typed, most)) onChange(Number(typed));
          }}
        />
        {wrong && (
          <p id={`${id}wrong`} className={frame.failure}>
            {translate({ id: 'playground.wrong', message: '1부터 {most}까지의 정수를 적는다.' }, { most: String(most) })}
          </p>
        )}
      </div>
    </>
  );
}

const valid = (text: string, most: number): boolean => /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
