// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progressText } from '../../lab/progress/file';
import { reachedKey } from '../../lab/progress/keys';

vi.mock('@generated/course/default/course.json', () => ({
  default: [
    {
      id: 'types',
      label: 'Types',
      lessons: [{ id: 'first', title: 'First', description: 'One.', lab: 'first-lab', goals: ['a', 'b'] }],
    },
  ],
}));
const { default: Progress } = await import('./index');

const file = (text: string) => new File([text], 'progress.json', { type: 'application/json' });
const choose = (label: string, ...files: File[]) => fireEvent.change(screen.getByLabelText(label), { target: { files } });
const theirs = progressText({
  name: '이몽룡',
  saved: '2026-02-01T00:00:00.000Z',
  lessons: { first: { goals: { b: '2026-01-05T00:00:00.000Z', gone: null }, predictions: { where: 'pod' } } },
});

describe('the page of progress', () => {
  beforeEach(() => {
    window.localStorage.clear();
    window.localStorage.setItem(reachedKey('first-lab', 'a'), 'true');
    HTMLDialogElement.prototype.showModal ??= () => {};
  });
  afterEach(cleanup);

  it('says what was done, and that nobody has checked it', () => {
    render(<Progress />);
    expect(screen.getByRole('row', { name: /First/ }).textContent).toBe('First1/2기록 없음');
    expect(document.body.textContent).toContain('스스로 확인한 것');
  });

  it('asks before it merges a file, and loses nothing', async () => {
    render(<Progress />);
    choose('진도 파일 가져오기', file(theirs));
    await screen.findByText(/여기에 없는 것: 목표 1개, 예측 1개/);
    expect(screen.getByText(/과정에 없는 목표가 1개/)).toBeTruthy();
    expect(window.localStorage.getItem(reachedKey('first-lab', 'b'))).toBe(null);
    fireEvent.click(screen.getByText('합친다'));
    expect(screen.getByRole('row', { name: /First/ }).textContent).toContain('2/2');
    expect(screen.getByLabelText<HTMLInputElement>('이름').value).toBe('이몽룡');
    expect(window.localStorage.getItem('predictions:first-lab')).toBe('{"where":"pod"}');
  });

  it('refuses what is no progress file and keeps what it has', async () => {
    render(<Progress />);
    choose('진도 파일 가져오기', file('kind: Service'));
    await screen.findByText(/JSON이 아니거나.*그대로다/);
    expect(screen.getByRole('row', { name: /First/ }).textContent).toContain('1/2');
  });

  it("lists a team's files, those that are none with the reason", async () => {
    render(<Progress />);
    choose('팀원의 진도 파일', file(theirs), file('[]'));
    await screen.findByText('progress.json: 이몽룡, 1/2');
    expect(screen.getByText(/진도 파일이 아니다/)).toBeTruthy();
  });
});
