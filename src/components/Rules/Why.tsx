import { translate } from '@docusaurus/Translate';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { KubeObject } from '../../cluster/apimachinery/object';
import { useLabContext, useLabPart, usePageState, type Link } from '../LabProvider/context';
import frame from '../frame.module.css';
import { declares, kindOf } from './kinds';
import { ownerOf, serviceName } from './owner';
import type { Chain, RuleLine } from './ruleset';
import styles from './rules.module.css';
import { fieldsOf, whySentence, type Field } from './why';

export const sameLink = (a: Link | undefined, b: Link | undefined): boolean =>
  a !== undefined && a.part === b?.part && a.value === b.value;

/** The file in which a manifest of the Service has that field, or at least the Service. */
function fileWith(files: Readonly<Record<string, string>>, service: KubeObject, field: Field): string | undefined {
  const documents = Object.entries(files).flatMap(([name, text]) => text.split(/^---$/m).map((document) => ({ name, document })));
  const own = documents.filter(
    ({ document }) =>
      /^kind: Service$/m.test(document) && new RegExp(`^ {2}name: ["']?${service.metadata.name}["']?\\s*$`, 'm').test(document),
  );
  return (own.find(({ document }) => document.includes(`${field.key}:`)) ?? own[0])?.name;
}

/** Why the rule that is pointed at exists, and the Service's fields that it comes from. Its height never changes. */
export function Why({
  shown,
  services,
}: {
  shown: { line: RuleLine; chain: Chain } | undefined;
  services: readonly KubeObject[];
}): ReactNode {
  const { page, bench } = useLabContext();
  const link = usePageState('link');
  const files = useLabPart('files') ?? {};
  const kind = shown && kindOf(shown.line, shown.chain);
  const owner = shown && ownerOf(shown.line, shown.chain, services);
  const fields = kind ? fieldsOf(kind, owner) : [];
  const open = (field: Field) => {
    const file = owner && fileWith(files, owner.service, field);
    page.set({ link: field.link, ...(file !== undefined && bench && { view: 'manifest', file }) });
  };
  return (
    <div className={styles.why} role="status">
      {shown && !declares(shown.line) ? (
        <>
          <p className={styles.sentence}>{whySentence(kind)}</p>
          {owner && fields.length > 0 && (
            <p className={styles.fields}>
              <span className={styles.owner}>Service {serviceName(owner.service)}</span>
              {fields.map((field) => (
                <button
                  key={field.text}
                  type="button"
                  className={clsx(styles.field, sameLink(link, field.link) && styles.lit)}
                  onMouseEnter={() => field.link && page.set({ link: field.link })}
                  onMouseLeave={() => page.set({ link: undefined })}
                  onFocus={() => field.link && page.set({ link: field.link })}
                  onBlur={() => page.set({ link: undefined })}
                  onClick={() => open(field)}
                >
                  {field.text}
                </button>
              ))}
            </p>
          )}
        </>
      ) : (
        <p className={frame.hint}>
          {translate({ id: 'widget.rules.point', message: '규칙을 가리키거나 고르면 그 규칙이 왜 있는지 여기에 나온다.' })}
        </p>
      )}
    </div>
  );
}
