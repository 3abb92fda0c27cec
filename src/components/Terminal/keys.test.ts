import { describe, expect, it } from 'vitest';
import { pageKeys } from './keys';

const press = (key: string, more: object = {}) => ({
  key,
  type: 'keydown',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

describe('pageKeys', () => {
  it('leaves with Esc then Tab, and only then', () => {
    const keys = pageKeys(() => false);
    expect(keys(press('Tab'))).toBeUndefined();
    keys(press('Escape'));
    keys(press('Shift'));
    expect(keys(press('Tab', { shiftKey: true }))).toBe('leave');
    expect(keys(press('Tab'))).toBeUndefined();
    keys(press('Escape'));
    keys(press('a'));
    expect(keys(press('Tab'))).toBeUndefined();
  });

  it('copies with Ctrl-C only when something is selected', () => {
    expect(pageKeys(() => true)(press('c', { ctrlKey: true }))).toBe('copy');
    expect(pageKeys(() => false)(press('c', { ctrlKey: true }))).toBeUndefined();
  });
});
