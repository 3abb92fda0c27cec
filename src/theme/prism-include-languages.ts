/** Nothing is highlighted in the browser (see src/plugins/rehype-shiki.ts); the classic theme asks for this module all the same. */
export default function prismIncludeLanguages(): void {}
