import { translate } from '@docusaurus/Translate';

function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}

/** Says, once, that another version of the site has come, which `worker` has kept. Nothing changes under a reader's hands. */
export function tellOfNewVersion(worker: ServiceWorker): void {
  if (document.querySelector('.new-version')) return;
  const notice = document.createElement('div');
  notice.className = 'new-version';
  notice.setAttribute('role', 'status');
  const text = document.createElement('p');
  text.textContent = translate({ id: 'site.newVersion', message: '사이트의 새 버전을 받아 두었다. 랩의 상태는 그대로 남는다.' });
  notice.append(
    text,
    button(translate({ id: 'site.newVersion.reload', message: '새 버전 열기' }), () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
      worker.postMessage('take over');
    }),
    button(translate({ id: 'site.newVersion.later', message: '나중에' }), () => notice.remove()),
  );
  document.body.append(notice);
}
