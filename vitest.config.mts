import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      '@site': import.meta.dirname,
      '@docusaurus/router': `${import.meta.dirname}/src/components/testing/router.ts`,
      '@docusaurus/Link': `${import.meta.dirname}/src/components/testing/Link.tsx`,
      '@generated/course/default/course.json': `${import.meta.dirname}/src/components/testing/course.ts`,
      '@generated/course/default/titles.json': `${import.meta.dirname}/src/components/testing/titles.ts`,
      '@docusaurus/Translate': `${import.meta.dirname}/src/components/testing/translate.tsx`,
      '@docusaurus/useDocusaurusContext': `${import.meta.dirname}/src/components/testing/docusaurusContext.ts`,
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'deploy/**/*.test.ts', 'tests/{conformance,lessons,client,properties}/**/*.test.ts'],
    environment: 'node',
    maxWorkers: '100%',
    // no test measures time; a busy machine must not fail one
    testTimeout: 30_000,
  },
});
