import { describe, expect, it } from 'vitest';
import { actionText } from './actionText';

describe('actionText', () => {
  it('names each kind of action', () => {
    const at = 0;
    expect(actionText({ at, kind: 'run', line: 'kubectl delete service test' })).toBe('kubectl delete service test');
    expect(actionText({ at, kind: 'run', line: "cat > a <<'E'\n  x\nE" })).toBe("cat > a <<'E' ⏎ x ⏎ E");
    expect(actionText({ at, kind: 'apply', file: 'web.yaml' })).toBe('kubectl apply -f web.yaml');
    expect(actionText({ at, kind: 'write', name: 'web.yaml', text: '' })).toBe('파일 편집 web.yaml');
    expect(actionText({ at, kind: 'connect', from: 'node:node-1', protocol: 'TCP', address: '10.96.0.1', port: 443 })).toBe(
      '패킷 node-1 → 10.96.0.1:443',
    );
  });

  it('shows what would show something else', () => {
    expect(actionText({ at: 0, kind: 'run', line: 'echo \u202eabc\u0007' })).toBe('echo <U+202E>abc<U+0007>');
  });
});
