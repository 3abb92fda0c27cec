import { translate } from '@docusaurus/Translate';

/** CodeMirror's own words that a reader can meet. */
export const phrases = (): Record<string, string> => ({
  Completions: translate({ id: 'widget.manifest.completions', message: '자동 완성 후보' }),
  '$ unchanged lines': translate({ id: 'widget.manifest.unchanged', message: '그대로인 줄: $' }),
});
