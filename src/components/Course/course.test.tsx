// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reachedKey } from '../../lab/progress/keys';

vi.mock('@generated/course/default/course.json', () => ({
  default: [
    {
      id: 'types',
      label: 'Types',
      lessons: [
        { id: 'first', title: 'First', description: 'One.', lab: 'first-lab', goals: ['a', 'b'] },
        { id: 'second', title: 'Second', description: 'Two.', lab: 'second-lab', goals: ['c'] },
        { id: 'list', title: 'A list', description: 'To look things up.', goals: [] },
      ],
    },
  ],
}));

const { default: Course } = await import('./index');
const reach = (lab: string, goal: string) => window.localStorage.setItem(reachedKey(lab, goal), 'true');
const summary = () => document.querySelector('p')?.textContent;

describe('the list of lessons', () => {
  beforeEach(() => window.localStorage.clear());
  afterEach(cleanup);

  it('sends a newcomer to the first lesson', () => {
    render(<Course />);
    expect(summary()).toBe('이룰 목표가 모두 3개 있다. 시작하는 곳: First');
    expect(screen.getByRole('img', { name: '이룬 목표: 0/2' })).toBeTruthy();
  });

  it('counts the goals this browser has reached and names the next lesson with one to reach', () => {
    reach('first-lab', 'a');
    reach('first-lab', 'b');
    reach('another-lab', 'c');
    render(<Course />);
    expect(summary()).toBe('목표 3개 중 2개를 이루었다. 이어서 할 곳: Second');
    expect(screen.getByRole('img', { name: '이룬 목표: 2/2' }).textContent).toBe('✓ 2/2');
  });

  it('says when all are reached', () => {
    for (const goal of ['a', 'b']) reach('first-lab', goal);
    reach('second-lab', 'c');
    render(<Course />);
    expect(summary()).toBe('목표 3개를 모두 이루었다.');
  });
});
