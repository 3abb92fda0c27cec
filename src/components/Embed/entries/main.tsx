import '../../../css/tokens.css';
import '../embed.css';
import { createRoot, hydrateRoot } from 'react-dom/client';
import picture from '../../ClusterMap/picture.module.css';
import glossary from '../../Glossary/glossary.module.css';
import misconceptions from '../../Misconceptions/misconceptions.module.css';
import notSimulated from '../../NotSimulated/notSimulated.module.css';
import Embed from '..';
import { wake } from '../awake';
import { readParameters, type EmbedPage } from '../parameters';

/** The embed itself, on the picture that the server drew. */
const { page: text = '', awake } = (document.currentScript as HTMLScriptElement).dataset;
const page = JSON.parse(text) as EmbedPage;
const { scenario, view, step } = readParameters(window.location.search, page).values;
const place = document.querySelector('.embed-lab')!;

// The bundler leaves out the classes that no script asks for. What only the server draws asks for all of these.
if ([picture, glossary, misconceptions, notSimulated].some((classes) => Object.keys(classes).length === 0))
  throw new Error('a style sheet is missing');

/** The terminal was touched while it was a picture: the keyboard follows when it is there. */
function focusTerminal(): void {
  const observer = new MutationObserver(() => {
    const keys = place.querySelector<HTMLElement>('[data-figure="terminal"] :is(textarea, input)');
    if (!keys) return;
    observer.disconnect();
    keys.focus({ preventScroll: true });
  });
  observer.observe(place, { childList: true, subtree: true });
}

for (const event of ['pointerdown', 'focusin', 'keydown'])
  document.addEventListener(
    event,
    ({ target }) => {
      const still = target instanceof Element && target.closest('[data-figure="terminal"]');
      if (event === 'pointerdown' && still && !still.querySelector('textarea')) focusTerminal();
      wake();
    },
    { capture: true, once: true },
  );

const embed = <Embed page={page} scenario={scenario} view={view} step={step} />;
if (scenario === page.scenario && view === page.views[0]) hydrateRoot(place, embed);
else {
  place.replaceChildren();
  createRoot(place).render(embed);
}
// The reader has asked for it, or for what only a running lab can show.
if (awake !== undefined || step > 0) wake();
