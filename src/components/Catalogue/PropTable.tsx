import Translate, { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { WidgetData } from '../../plugins/widget-props';
import styles from './catalogue.module.css';

/** A widget's props as the code declares them; the comments are the code's own, in English. */
export function PropTable({ name, props }: Pick<WidgetData, 'name' | 'props'>): ReactNode {
  if (props.length === 0) {
    return (
      <p>
        <Translate id="catalogue.noProps">prop이 없다.</Translate>
      </p>
    );
  }
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={`${name} props`}>
      <table className={styles.props}>
        <thead>
          <tr>
            <th scope="col">prop</th>
            <th scope="col">
              <Translate id="catalogue.type">타입</Translate>
            </th>
            <th scope="col">
              <Translate id="catalogue.comment">코드의 설명</Translate>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.map((prop) => (
            <tr key={prop.name}>
              <th scope="row">
                <code>{prop.name}</code>
                {prop.required && (
                  <span className={styles.required}>{translate({ id: 'catalogue.required', message: '필수' })}</span>
                )}
              </th>
              <td>
                <code>{prop.type}</code>
              </td>
              <td lang="en">{prop.doc}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
