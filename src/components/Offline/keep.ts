import i18n from '@generated/i18n';
import { tellOfNewVersion } from './newVersion';

/**
 * Has the browser keep the site for when there is no network (deploy/offline/worker.js), unless its user saves data or it stands in a
 * frame (a learning platform's package has no worker). Quiet where a browser does not allow it: the site works as well without.
 */
export async function keep(): Promise<void> {
  try {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (connection?.saveData || window.parent !== window) return;
    const registration = await navigator.serviceWorker.register(`${i18n.localeConfigs[i18n.defaultLocale]!.baseUrl}sw.js`);
    const look = () => {
      const { waiting, installing } = registration;
      // The first one has nothing to take over from.
      if (waiting && navigator.serviceWorker.controller) tellOfNewVersion(waiting);
      installing?.addEventListener('statechange', look);
    };
    look();
    registration.addEventListener('updatefound', look);
    // This page's fonts came before there was anyone to keep them.
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage(
      performance.getEntriesByType('resource').flatMap(({ name }) => (name.includes('/assets/fonts/') ? [name] : [])),
    );
  } catch {
    // No service workers here.
  }
}
