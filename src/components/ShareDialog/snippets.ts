import { translate } from '@docusaurus/Translate';
import { frame, HEIGHT, inAttribute } from './frame';

/** What a snippet is made of; addresses are absolute. */
export interface Embedded {
  /** Of the embed, with its parameters. */
  address: string;
  /** Of the page that the embed is about. */
  page: string;
  /** Of that page's picture. */
  picture: string;
  /** Of the script that makes frames as high as their content. */
  parent: string;
  title: string;
}

interface Snippet {
  id: string;
  name: string;
  /** Where the code goes, and what the wiki's administrator may have to allow. */
  how(): string;
  code(embedded: Embedded): string;
}

const inMarkdown = (text: string): string => text.replace(/[\\[\]]/g, '\\$&');

/** One snippet for each kind of page that people put labs into. */
export const snippets: readonly Snippet[] = [
  {
    id: 'html',
    name: 'HTML',
    how: () =>
      translate({
        id: 'widget.embed.html',
        message: '페이지에 그대로 붙인다. 스크립트는 프레임의 높이를 내용에 맞추며, 없어도 실습은 작동한다.',
      }),
    code: (embedded) => `${frame(embedded)}\n<script src="${inAttribute(embedded.parent)}" defer></script>`,
  },
  {
    id: 'confluence',
    name: 'Confluence',
    how: () =>
      translate({
        id: 'widget.embed.confluence',
        message:
          'Cloud에서는 /iframe을 입력해 Iframe 매크로를 고르고 URL에 이 주소를, 높이에 640을 넣는다. Data Center에서는 HTML 매크로에 HTML 코드를 넣는다. 관리자가 매크로를 허용해야 할 수 있다.',
      }),
    code: ({ address }) => address,
  },
  {
    id: 'notion',
    name: 'Notion',
    how: () =>
      translate({
        id: 'widget.embed.notion',
        message: '/embed를 입력하고 이 주소를 붙인다. 블록의 높이는 가장자리를 끌어 맞춘다.',
      }),
    code: ({ address }) => address,
  },
  {
    id: 'sharepoint',
    name: 'SharePoint',
    how: () =>
      translate({
        id: 'widget.embed.sharepoint',
        message: '포함(Embed) 웹 파트에 붙인다. 사이트 모음 관리자가 HTML 필드 보안에서 이 사이트의 도메인을 허용해야 한다.',
      }),
    code: (embedded) => frame(embedded, ''),
  },
  {
    id: 'mediawiki',
    name: 'MediaWiki',
    how: () =>
      translate({
        id: 'widget.embed.mediawiki',
        message: 'Widgets 확장 기능과 그 위젯 Iframe이 있는 위키에서 쓴다. 없으면 관리자에게 설치를 부탁한다.',
      }),
    code: ({ address }) => `{{#widget:Iframe|url=${address.replaceAll('|', '%7C')}|width=100%|height=${HEIGHT}|border=0}}`,
  },
  {
    id: 'backstage',
    name: 'Backstage TechDocs',
    how: () =>
      translate({
        id: 'widget.embed.backstage',
        message: '첫 줄은 문서에, 나머지는 app-config.yaml에 넣는다. 허용한 호스트의 프레임만 나온다.',
      }),
    code: (embedded) =>
      `${frame(embedded, '')}\n\ntechdocs:\n  sanitizer:\n    allowedIframeHosts:\n      - ${new URL(embedded.address).host}`,
  },
  {
    id: 'docusaurus',
    name: 'Docusaurus (MDX)',
    how: () => translate({ id: 'widget.embed.docusaurus', message: '.mdx 문서에 그대로 붙인다.' }),
    code: ({ address, title }) =>
      `<iframe\n  src=${JSON.stringify(address)}\n  title={${JSON.stringify(title)}}\n  width="100%"\n  height={${HEIGHT}}\n  loading="lazy"\n  allow="clipboard-write"\n  style={{ border: 0 }}\n/>`,
  },
  {
    id: 'markdown',
    name: 'GitHub, GitLab (Markdown)',
    how: () =>
      translate({
        id: 'widget.embed.markdown',
        message: '프레임을 허용하지 않는 곳에서는 그림을 누르면 레슨이 열리게 한다.',
      }),
    code: ({ page, picture, title }) => `[![${inMarkdown(title)}](${picture})](${page})`,
  },
];
