/**
 * For pages that show embeds: `<script src=".../embed/parent.js" defer></script>`. Makes each frame as high as its content, and hands what an
 * embed tells on as the event `packet-to-pod` of its frame.
 */
export {};

const own = (document.currentScript as HTMLScriptElement).src;
const { origin } = new URL(own);
const base = own.slice(0, own.lastIndexOf('/embed/') + 1);
const embeds = () =>
  [...document.querySelectorAll('iframe')].filter(({ src }) => src.startsWith(base) && src.includes('/embed/'));

addEventListener('message', ({ data, source, origin: from }) => {
  // A frame under `sandbox` without `allow-same-origin` has the origin null.
  if ((from !== origin && from !== 'null') || data?.source !== 'packet-to-pod' || data.version !== 1) return;
  const frame = embeds().find(({ contentWindow }) => contentWindow === source);
  if (!frame) return;
  if (data.type !== 'progress' && data.height > 0 && data.height < 20_000) frame.style.height = `${Number(data.height)}px`;
  frame.dispatchEvent(new CustomEvent('packet-to-pod', { detail: data, bubbles: true }));
});
for (const { contentWindow } of embeds()) contentWindow?.postMessage({ source: 'packet-to-pod', version: 1, type: 'hello' }, '*');
