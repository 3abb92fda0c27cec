import { translate } from '@docusaurus/Translate';
import type Original from '@theme-original/SearchBar';
import { useEffect, useLayoutEffect, useRef, useState, type ComponentProps, type ComponentType, type ReactNode } from 'react';

type Props = ComponentProps<typeof Original>;
type Search = ComponentType<Props>;

/**
 * The search field. Its engine is a quarter of the site's script and few readers search: it comes when the field is pointed at or
 * takes the focus, and finds there what was typed meanwhile.
 */
export default function SearchBar(props: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  const handedOver = useRef<{ value: string; focused: boolean }>(undefined);
  const [Engine, setEngine] = useState<Search>();
  // Taking the field away while a syllable is being composed would lose it.
  const [composing, setComposing] = useState(false);
  const ready = Engine !== undefined && !composing;

  const load = () => {
    if (asked.current) return;
    asked.current = true;
    import('@theme-original/SearchBar')
      .then(({ default: loaded }) => setEngine(() => loaded as Search))
      .catch(() => {
        asked.current = false;
      });
  };

  useEffect(() => {
    if (ready) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [ready]);

  // Before the engine's own effects, which look at the field's text and focus.
  useLayoutEffect(() => {
    const input = place.current?.querySelector('input');
    const { value, focused } = handedOver.current ?? { value: '', focused: false };
    if (!ready || !input) return;
    input.value = value;
    if (focused) input.focus();
  }, [ready]);

  if (ready) {
    handedOver.current ??= { value: field.current?.value ?? '', focused: document.activeElement === field.current };
    return (
      <div ref={place} className="search">
        <Engine {...props} />
      </div>
    );
  }
  return (
    <div className="search navbar__search">
      <svg className="search__icon" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d="M10.5 10.5 15 15M12 6.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
        />
      </svg>
      <input
        ref={field}
        className="navbar__search-input"
        placeholder={translate({ id: 'theme.SearchBar.label', message: '검색' })}
        aria-label={translate({ id: 'theme.SearchBar.label', message: '검색' })}
        onPointerEnter={load}
        onFocus={load}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
    </div>
  );
}
