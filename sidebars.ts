import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';
import { parts } from './course';

const language = process.env.DOCUSAURUS_CURRENT_LOCALE === 'en' ? 'en' : 'ko';

/** The course as course.ts lists it. */
const sidebars: SidebarsConfig = {
  course: parts.map(({ label, lessons }) => ({
    type: 'category' as const,
    label: label[language],
    items: [...lessons],
    // without it the theme draws the part as a link that leads nowhere
    collapsible: true,
    collapsed: false,
  })),
};

export default sidebars;
