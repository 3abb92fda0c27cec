import type { Config } from '@docusaurus/types';
import type { Options as DocsOptions } from '@docusaurus/plugin-content-docs';
import type { ThemeConfig } from '@docusaurus/theme-common';
import onlyWidgets from './src/plugins/only-widgets';
import rehypeShiki from './src/plugins/rehype-shiki';

const baseUrl = process.env.BASE_URL ?? '/';
const english = process.env.DOCUSAURUS_CURRENT_LOCALE === 'en';

const config: Config = {
  title: english ? 'Packet to Pod' : '패킷에서 파드까지',
  tagline: english
    ? 'Kubernetes Services, learned on a cluster in the browser'
    : '브라우저 안의 클러스터로 배우는 쿠버네티스 서비스',
  favicon: 'img/mark.svg',
  // A build serves only its own address: set both when it is published elsewhere.
  url: process.env.SITE_URL ?? 'http://localhost:3000',
  baseUrl,
  trailingSlash: true,
  // Its script would stand in the home page, where the policy (deploy/policy.ts) would have to allow it.
  baseUrlIssueBanner: false,

  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  markdown: { hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' } },

  // Both languages are one application, at the root.
  headTags: [
    { tagName: 'link', attributes: { rel: 'manifest', href: `${baseUrl}${english ? 'en' : 'ko'}.webmanifest` } },
    { tagName: 'link', attributes: { rel: 'apple-touch-icon', href: `${baseUrl}img/icon-192.png` } },
  ],
  clientModules: ['./src/components/Offline/register.ts'],

  future: { v4: true, faster: true },

  i18n: {
    defaultLocale: 'ko',
    locales: ['ko', 'en'],
    localeConfigs: { ko: { label: '한국어', htmlLang: 'ko' }, en: { label: 'English', htmlLang: 'en' } },
  },

  themes: [
    [
      '@docusaurus/theme-classic',
      {
        customCss: [
          './src/css/tokens.css',
          './src/css/fonts.css',
          './src/css/page.css',
          './src/css/navigation.css',
          './src/css/lesson.css',
          './src/css/bench.css',
          './src/css/code.css',
        ],
      },
    ],
    [
      '@easyops-cn/docusaurus-search-local',
      {
        language: ['ko', 'en'],
        docsRouteBasePath: 'learn',
        indexBlog: false,
        hashed: 'filename',
        highlightSearchTermsOnTargetPage: false,
        explicitSearchResultPath: true,
        searchBarShortcutHint: false,
      },
    ],
  ],

  // The bundler's cache notices a change of this file, but none in src/plugins/: then `npx docusaurus clear` helps.
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      {
        routeBasePath: 'learn',
        sidebarPath: './sidebars.ts',
        breadcrumbs: false,
        beforeDefaultRemarkPlugins: [onlyWidgets],
        beforeDefaultRehypePlugins: [rehypeShiki],
      } satisfies DocsOptions,
    ],
    ['@docusaurus/plugin-content-pages', { beforeDefaultRehypePlugins: [rehypeShiki] }],
    ['@docusaurus/plugin-sitemap', { ignorePatterns: ['/search/', '/en/search/'] }],
    './src/plugins/bundling.ts',
    './src/plugins/definitions.ts',
    './src/plugins/embeds.ts',
    './src/plugins/glossary.ts',
    './src/plugins/complete-translations.ts',
    './src/plugins/course.ts',
    './src/plugins/support-data.ts',
    './src/plugins/widget-props.ts',
  ],

  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: false } },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 2 },
    navbar: {
      title: '패킷에서 파드까지',
      logo: { src: 'img/mark.svg', srcDark: 'img/mark-dark.svg', width: 28, height: 28 },
      items: [
        { type: 'docSidebar', sidebarId: 'course', label: '레슨', position: 'left' },
        { to: '/playground/', label: '플레이그라운드', position: 'left' },
        { type: 'search', position: 'right' },
        { type: 'localeDropdown', position: 'right' },
      ],
    },
  } satisfies ThemeConfig | Record<string, unknown>,
};

export default config;
