import MDXComponents from '@theme-original/MDXComponents';

/** What a lesson may use without importing it. */
export default {
  ...MDXComponents,
};
