import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import { lazy, Suspense, useId, useMemo, useState, type ReactNode } from 'react';
import type { KubeObject } from '../../cluster/apimachinery/object';
import { partingTime } from '../../lab/compare';
import type { Run } from '../../lab/runs';
import { requestsOf, twinWith } from '../../lab/twin';
import type { Lab } from '../../lab/types';
import { usePartOf } from '../LabProvider/context';
import { sinceText } from '../Timeline/momentText';
import frame from '../frame.module.css';
import styles from './compare.module.css';
import { useKeptRuns } from './keptRuns';

const Comparison = lazy(() => import('./Comparison'));

const isOpenOutside = ({ spec }: KubeObject): boolean => spec?.type === 'NodePort' || spec?.type === 'LoadBalancer';

/** What to change in a Service to see the other of the two policies. */
function otherPolicy({ metadata, spec }: KubeObject): { name: string; line: string } {
  const policy = spec?.externalTrafficPolicy === 'Local' ? 'Cluster' : 'Local';
  const namespace = metadata.namespace === 'default' ? '' : ` -n ${metadata.namespace}`;
  return {
    name: `externalTrafficPolicy: ${policy}`,
    line: `kubectl patch service ${metadata.name}${namespace} -p '{"spec":{"externalTrafficPolicy":"${policy}"}}'`,
  };
}

/** Makes runs to compare, and lists those that are kept. */
export default function LiveRuns({ lab }: { lab: Lab }): ReactNode {
  const services = usePartOf(lab, 'services');
  const actions = usePartOf(lab, 'actions');
  const { runs, keep, rename, remove, goOn } = useKeptRuns(lab);
  const parted = useMemo(
    () => new Map(runs.others.map((run) => [run, partingTime(lab.saved(), run.saved)])),
    // What the lab has saved changes with its actions.
    [lab, runs.others, actions],
  );
  const [line, setLine] = useState('');
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [compared, setCompared] = useState<{ run: Run; twin?: Lab }>();
  const field = useId();
  const open = services.filter(isOpenOutside);

  const work = async (act: () => Promise<void>) => {
    if (working) return;
    setWorking(true);
    setFailure(undefined);
    try {
      await act();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setWorking(false);
    }
  };
  const compareWith = (name: string, command: string, entered: readonly KubeObject[]) =>
    work(async () => {
      const made = await twinWith(lab, command, requestsOf(lab.getSnapshot(), entered));
      if ('failure' in made) setFailure(made.failure);
      else setCompared({ run: keep({ name, saved: made.twin.saved() }), twin: made.twin });
    });

  return (
    <div>
      <p className={styles.lead}>
        {translate({
          id: 'widget.compare.lead',
          message:
            '지금과 같은 클러스터를 하나 더 만들어 거기서만 명령 하나를 더 실행한다. 그리고 같은 요청을 양쪽에서 보내, 무엇이 달라지는지 나란히 본다.',
        })}
      </p>
      <div className={frame.bar}>
        {open.map((service) => {
          const { name, line: command } = otherPolicy(service);
          return (
            <button
              key={service.metadata.uid}
              type="button"
              className={clsx(frame.button, frame.primary)}
              aria-disabled={working || undefined}
              onClick={() => void compareWith(name, command, [service])}
            >
              {translate(
                { id: 'widget.compare.preset', message: '비교: {service} · {change}' },
                { service: service.metadata.name, change: name },
              )}
            </button>
          );
        })}
        {open.length === 0 && (
          <p className={frame.hint}>
            {translate({
              id: 'widget.compare.noService',
              message: 'NodePort나 LoadBalancer 서비스를 만들면, externalTrafficPolicy를 바꾸어 비교하는 버튼이 여기에 나온다.',
            })}
          </p>
        )}
      </div>
      <form
        className={frame.bar}
        onSubmit={(event) => {
          event.preventDefault();
          if (line.trim() !== '') void compareWith(line.trim(), line.trim(), open);
        }}
      >
        <label htmlFor={field}>{translate({ id: 'widget.compare.command', message: '다른 명령으로' })}</label>
        <input
          id={field}
          className={clsx(frame.input, frame.mono, styles.command)}
          value={line}
          placeholder="kubectl scale deployment test --replicas=3"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={({ target }) => setLine(target.value)}
        />
        <button type="submit" className={frame.button} disabled={line.trim() === ''} aria-disabled={working || undefined}>
          {translate({ id: 'widget.compare.compare', message: '비교' })}
        </button>
      </form>
      <div role="status">
        {working && (
          <p className={frame.hint}>
            {translate({ id: 'widget.compare.working', message: '클러스터를 하나 더 만들어 여기까지 한 일을 되풀이하고 있다.' })}
          </p>
        )}
        {failure !== undefined && (
          <p className={frame.failure}>
            <code>{failure}</code>
          </p>
        )}
        {runs.lost && (
          <p className={frame.failure}>
            {translate({
              id: 'widget.compare.lost',
              message: '지난 방문에서 남긴 실행 가운데 이어 갈 수 없는 것이 있다. 지우지 않고 이 브라우저에 따로 두었다.',
            })}
          </p>
        )}
      </div>
      <p className={styles.heading}>{translate({ id: 'widget.compare.runs', message: '실행' })}</p>
      <ul className={styles.runs} aria-label={translate({ id: 'widget.compare.runs', message: '실행' })}>
        <li className={styles.run}>
          <NameField name={runs.current} onRename={(next) => rename(runs.current, next)} />
          <span className={styles.note}>{translate({ id: 'widget.compare.current', message: '지금 이어 가는 실행' })}</span>
        </li>
        {runs.others.map((run) => (
          <li key={run.name} className={styles.run}>
            <NameField name={run.name} onRename={(next) => rename(run.name, next)} />
            <span className={styles.note}>
              {translate(
                { id: 'widget.compare.parted', message: '갈라진 시각: {time}' },
                { time: sinceText(parted.get(run) ?? 0, 0) },
              )}
            </span>
            <span className={styles.buttons}>
              <button type="button" className={frame.button} onClick={() => setCompared({ run })}>
                {translate({ id: 'widget.compare.withCurrent', message: '지금 실행과 비교' })}
              </button>
              <button
                type="button"
                className={frame.button}
                aria-disabled={working || undefined}
                onClick={() => void work(() => goOn(run))}
              >
                {translate({ id: 'widget.compare.goOn', message: '이 실행을 이어 가기' })}
              </button>
              <button type="button" className={frame.button} onClick={() => remove(run.name)}>
                {translate({ id: 'widget.compare.remove', message: '지우기' })}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {runs.others.length === 0 && (
        <p className={frame.hint}>
          {translate({
            id: 'widget.compare.noRuns',
            message: '타임라인에서 지난 시점을 고르고 갈라져 나가면, 그때까지의 실행이 여기에 남는다.',
          })}
        </p>
      )}
      {compared && (
        <Suspense fallback={null}>
          <Comparison lab={lab} {...compared} current={runs.current} onClose={() => setCompared(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

/** The name of a run; Enter or leaving the field keeps it. */
function NameField({ name, onRename }: { name: string; onRename: (next: string) => void }): ReactNode {
  const [draft, setDraft] = useState<string>();
  const finish = () => {
    const next = draft?.trim();
    if (next && next !== name) onRename(next);
    setDraft(undefined);
  };
  return (
    <input
      className={clsx(frame.input, styles.name)}
      aria-label={translate({ id: 'widget.compare.runName', message: '실행의 이름' })}
      value={draft ?? name}
      maxLength={50}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={finish}
      onKeyDown={({ key }) => {
        if (key === 'Enter') finish();
        if (key === 'Escape') setDraft(undefined);
      }}
    />
  );
}
