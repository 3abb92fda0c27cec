import { expect, test } from 'vitest';
import { setPodSpecDefaults } from '../../apiserver/resources/podspec';
import { podTemplateHash } from './podtemplatehash';

test('a pod template has the hash that a real controller manager gives it', () => {
  const spec = { containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }] };
  setPodSpecDefaults(spec);
  expect(podTemplateHash({ metadata: { labels: { app: 'web' } }, spec })).toBe('596556dd5f');
});
