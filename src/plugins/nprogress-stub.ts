/**
 * Stands in for nprogress: the bar at the page's top edge while the next page is fetched, in the elements that Docusaurus's styles
 * (theme-classic's nprogress.css) are for. It does not say how much there is to fetch, for nobody knows.
 */
let shown: HTMLElement | undefined;

function start(): void {
  if (shown) return;
  shown = document.createElement('div');
  shown.id = 'nprogress';
  const bar = shown.appendChild(document.createElement('div'));
  bar.className = 'bar';
  document.body.append(shown);
  bar.animate([{ transform: 'translateX(-100%)' }, { transform: 'translateX(-10%)' }], {
    duration: 8000,
    easing: 'cubic-bezier(0, 0.7, 0.3, 1)',
    fill: 'forwards',
  });
}

function done(): void {
  shown?.remove();
  shown = undefined;
}

export default { configure: (): void => undefined, start, done };
