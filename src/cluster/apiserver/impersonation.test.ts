import { expect, it } from 'vitest';
import { userOf } from './impersonation';

it('takes the administrator for whom the headers name', () => {
  expect(userOf({}).username).toBe('kubernetes-admin');
  expect(userOf({ 'impersonate-user': 'bob' })).toEqual({ username: 'bob', groups: ['system:authenticated'] });
  const headers = {
    'impersonate-user': 'bob',
    'impersonate-uid': '7',
    'impersonate-group': 'a, b\nc',
    'impersonate-extra-x%2fy': '1\n2',
  };
  expect(userOf(headers)).toEqual({
    username: 'bob',
    uid: '7',
    groups: ['a, b', 'c', 'system:authenticated'],
    extra: { 'x/y': ['1', '2'] },
  });
  expect(userOf({ 'impersonate-user': 'system:serviceaccount:shop:web' }).groups).toEqual([
    'system:serviceaccounts',
    'system:serviceaccounts:shop',
    'system:authenticated',
  ]);
  expect(userOf({ 'impersonate-user': 'system:anonymous' }).groups).toEqual(['system:unauthenticated']);
});

it('refuses groups without a user', () => {
  expect(() => userOf({ 'impersonate-group': 'a' })).toThrow('requested [{Group  a    }] without impersonating a user');
});
