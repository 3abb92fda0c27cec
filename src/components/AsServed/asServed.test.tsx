// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asServed } from './index';

const draw = vi.fn(() => Promise.resolve({ default: ({ what }: { what: string }) => <p>drawn {what}</p> }));

describe('what the server wrote', () => {
  afterEach(() => {
    cleanup();
    draw.mockClear();
  });

  it('is kept, and nothing is loaded to draw it', () => {
    const Kept = asServed(draw);
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = '<div><p>served terms</p></div>';
    const { rerender } = render(<Kept what="terms" />, { container, hydrate: true });
    rerender(<Kept what="terms" />);
    expect(container.textContent).toBe('served terms');
    expect(draw).not.toHaveBeenCalled();
  });

  it('is drawn where there is nothing', async () => {
    const Kept = asServed(draw);
    render(<Kept what="terms" />);
    expect(await screen.findByText('drawn terms')).toBeTruthy();
  });
});
