/** Whether Lighthouse says by this error that Chromium has lost the tab. */
export const isCrash = (error: unknown): boolean => (error as { code?: string } | undefined)?.code === 'TARGET_CRASHED';
