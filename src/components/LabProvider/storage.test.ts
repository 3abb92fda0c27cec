import { afterEach, describe, expect, it, vi } from 'vitest';
import { safeStorage } from './storage';

describe('safeStorage', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('remembers in the page where storage throws', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new DOMException('denied');
      },
    });
    const storage = safeStorage();
    expect(storage.getItem('a')).toBeNull();
    storage.setItem('a', '1');
    expect(storage.getItem('a')).toBe('1');
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
  });

  it('says once that what it is given will not last', () => {
    const refused = vi.fn();
    vi.stubGlobal('window', {
      localStorage: {
        getItem: () => null,
        setItem: () => {
          throw new DOMException('full', 'QuotaExceededError');
        },
      },
    });
    const storage = safeStorage(refused);
    expect(storage.getItem('a')).toBeNull();
    expect(refused).not.toHaveBeenCalled();
    storage.setItem('a', '1');
    storage.setItem('a', '2');
    expect(storage.getItem('a')).toBe('2');
    expect(refused).toHaveBeenCalledTimes(1);
  });
});
