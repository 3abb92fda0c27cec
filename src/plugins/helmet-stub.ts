import { Children, Fragment, isValidElement, useLayoutEffect, useState, type ReactElement, type ReactNode } from 'react';

/**
 * Stands in for react-helmet-async in the browser, at an eighth of its weight in every page's script: what Docusaurus's `<Head>` says of
 * the page's head. The head comes with the page's HTML, written by the real one when the site is built, so this acts only when the
 * reader goes on to another page. Of two that say the same thing, the inner one counts.
 */

type Attributes = Record<string, unknown>;
type Tag = ReactElement<Attributes & { children?: ReactNode }, string>;

/** What each `<Head>` on the page says, outer before inner. */
const said = new Map<object, { place: number; children: ReactNode }>();
let places = 0;
let asked = 0;

/** As the real one marks, in the page's HTML, what it may take away again. */
const MARK = 'data-rh';

/** What React calls otherwise than HTML. */
const names: Record<string, string> = { className: 'class', charSet: 'charset', httpEquiv: 'http-equiv' };

const textOf = (children: ReactNode): string => Children.toArray(children).join('');

function tagsIn(children: ReactNode): Tag[] {
  return Children.toArray(children).flatMap((child) => {
    if (!isValidElement<{ children?: ReactNode }>(child)) return [];
    return child.type === Fragment ? tagsIn(child.props.children) : [child as Tag];
  });
}

/** Tags of the same key from two places say the same thing; one place may say a thing several times (`og:locale:alternate`). */
function keyOf({ type, props }: Tag): string {
  if (type === 'link' && props.rel === 'canonical') return 'canonical';
  for (const name of ['charSet', 'name', 'property', 'httpEquiv', 'itemProp', 'href', 'src'])
    if (props[name] !== undefined) return `${type} ${name} ${String(props[name])}`;
  return `${type} ${textOf(props.children)}`;
}

function give(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'children' || value === undefined || value === null || value === false) continue;
    element.setAttribute(names[name] ?? name, value === true ? '' : String(value));
  }
}

function elementOf({ type, props }: Tag): Element {
  const element = document.createElement(type);
  give(element, { [MARK]: 'true', ...props });
  element.textContent = textOf(props.children);
  return element;
}

/** Makes the page's head, and the attributes of its root and body, what is said now. */
function update(): void {
  const byPlace = [...said.values()].sort((a, b) => a.place - b.place).map(({ children }) => tagsIn(children));
  const wanted = new Map<string, Tag[]>();
  for (const tags of byPlace) {
    const own = new Map<string, Tag[]>();
    for (const tag of tags) {
      if (tag.type === 'title') document.title = textOf(tag.props.children);
      else if (tag.type === 'html' || tag.type === 'body') {
        give(tag.type === 'html' ? document.documentElement : document.body, tag.props);
      } else own.set(keyOf(tag), [...(own.get(keyOf(tag)) ?? []), tag]);
    }
    for (const [key, same] of own) wanted.set(key, same);
  }
  const old = [...document.head.querySelectorAll(`[${MARK}]:not(title)`)];
  for (const element of [...wanted.values()].flat().map(elementOf)) {
    const same = old.findIndex((other) => other.isEqualNode(element));
    if (same >= 0) old.splice(same, 1);
    else document.head.append(element);
  }
  for (const element of old) element.remove();
}

/** After everything on the page has said what it has to say. */
function updateSoon(): void {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(update);
}

export function Helmet({ children }: { children?: ReactNode }): null {
  // Outer ones are drawn first, but their effects run last.
  const [self] = useState(() => ({ place: places++ }));
  useLayoutEffect(() => {
    said.set(self, { place: self.place, children });
    updateSoon();
  }, [self, children]);
  useLayoutEffect(
    () => () => {
      said.delete(self);
      updateSoon();
    },
    [self],
  );
  return null;
}

export function HelmetProvider({ children }: { children: ReactNode }): ReactNode {
  return children;
}
