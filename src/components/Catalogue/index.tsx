import Translate, { translate } from '@docusaurus/Translate';
import useBaseUrl from '@docusaurus/useBaseUrl';
import { widgetEmbed } from '@site/src/components/Embed/widgetEmbed';
import LabProvider from '@site/src/components/LabProvider';
import CodeBlock from '@theme/CodeBlock';
import Layout from '@theme/Layout';
import registered from '@theme/MDXComponents';
import type { ComponentType, ReactNode } from 'react';
import type { WidgetData } from '../../plugins/widget-props';
import styles from './catalogue.module.css';
import { examples, type WidgetName } from './examples';
import { mdxSource } from './mdxSource';
import { PropTable } from './PropTable';

function Entry({ widget: { name, doc, props } }: { widget: WidgetData }): ReactNode {
  const example = examples[name as WidgetName];
  const given = example.props();
  const embed = useBaseUrl(`/embed/${widgetEmbed(name)}/`);
  const Widget = (registered as Record<string, ComponentType<object>>)[name]!;
  return (
    <section>
      <h2 id={name}>{name}</h2>
      <p lang="en">{doc}</p>
      <p>{example.use()}</p>
      <PropTable name={name} props={props} />
      <CodeBlock language="mdx">{mdxSource(name, given)}</CodeBlock>
      <div data-widget={name}>
        <Widget {...given} />
      </div>
      <p>
        <a href={embed}>{translate({ id: 'catalogue.embed', message: '프레임에 넣는 페이지로 보기' })}</a>
      </p>
    </section>
  );
}

/** Every widget that a lesson may use: when to use it, its props as the code declares them, and a live example. For authors. */
export default function Catalogue({ widgets }: { widgets: WidgetData[] }): ReactNode {
  return (
    <Layout
      title={translate({ id: 'catalogue.title', message: '레슨의 위젯' })}
      description={translate({
        id: 'catalogue.description',
        message: '레슨을 쓰는 이를 위한 목록: MDX에서 쓸 수 있는 위젯마다 실제로 도는 예, prop, 쓸 곳.',
      })}
    >
      <main className={styles.page}>
        <h1>
          <Translate id="catalogue.heading">레슨에서 쓰는 위젯</Translate>
        </h1>
        <p>
          <Translate id="catalogue.intro">
            레슨을 쓰는 이를 위한 목록이다. 위젯의 이름과 prop은 이 사이트를 빌드할 때 코드에서 읽는다. 예는 모두 한 클러스터에서
            돌기 때문에, 한 예에서 한 일이 다른 예에도 나타난다.
          </Translate>
        </p>
        <p>
          <Translate id="catalogue.bench">
            레슨에서는 화면이 넓으면 터미널, 지도, 매니페스트, 규칙이 글 옆의 실습대로 가고, 글에는 그것을 불러내는 버튼이 남는다.
          </Translate>
        </p>
        <nav aria-label={translate({ id: 'catalogue.list', message: '위젯 목록' })}>
          <ul className={styles.names}>
            {widgets.map(({ name }) => (
              <li key={name}>
                <a href={`#${name}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <LabProvider scenario="catalogue">
          {widgets.map((widget) => (
            <Entry key={widget.name} widget={widget} />
          ))}
        </LabProvider>
      </main>
    </Layout>
  );
}
