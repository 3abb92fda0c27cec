import type { EmbedPage } from '../components/Embed/parameters';
import type { EmbedFiles } from './embed-bundle';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Parts {
  page: EmbedPage;
  /** What the server drew. */
  html: string;
  title: string;
  /** The page of the site that it is about, below its language's root. */
  at: string;
  site: string;
  files: EmbedFiles;
}

/** The HTML of an embed. Every address in it is relative, so that it works wherever the site is served; no code stands in it. */
export function embedPage({ page, html, title, at, site, files }: Parts): string {
  const twin = page.lang === 'ko' ? `../../en/embed/${page.id}/` : `../../../embed/${page.id}/`;
  const noScript = page.lang === 'ko' ? '이 실습을 실행하려면 JavaScript가 있어야 한다.' : 'This lab needs JavaScript to run.';
  return `<!doctype html>
<html lang="${page.lang}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(`${title} | ${site}`)}</title>
${files.styles.map((file) => `<link rel="stylesheet" href="../assets/${file}">`).join('\n')}
<script src="../assets/${files.boot}" data-main="../assets/${files.main}" data-twin="${twin}" data-page="${escaped(JSON.stringify(page))}"></script>
</head>
<body>
<header class="embed-head"><h1><a href="../../${at}" target="_blank" rel="noopener">${escaped(title)}</a></h1>${title === site ? '' : `<span>${escaped(site)}</span>`}</header>
<div class="embed-problems" role="status"></div>
<noscript><div class="embed-problems"><p>${noScript}</p></div></noscript>
<main><div class="embed-lab">${html}</div></main>
</body>
</html>
`;
}
