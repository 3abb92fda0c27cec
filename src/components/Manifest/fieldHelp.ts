import { translate } from '@docusaurus/Translate';
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import type { Reference } from '../../lab/reference';
import { fieldAt } from './place';
import { fieldOf, schemaOfKind, type Field } from './schema';
import styles from './manifest.module.css';

/** What the API says of a field, in its own words. */
export function fieldText({ name, type, required, description, values }: Field): HTMLElement {
  const element = document.createElement('div');
  element.className = styles.help ?? '';
  // the longest ones scroll
  element.tabIndex = 0;
  const line = (text: string, className?: string) => {
    const part = element.appendChild(document.createElement('p'));
    part.textContent = text;
    if (className) part.className = className;
    return part;
  };
  line(`${name} ${type}${required ? ` ${requiredMark()}` : ''}`, styles.helpName);
  if (values.length > 0) line(values.map((value) => value || '""').join(' | '), styles.helpName);
  // the API's own text is English in both languages
  line(description).lang = 'en';
  return element;
}

export const requiredMark = (): string => translate({ id: 'widget.manifest.required', message: '(필수)' });

async function helpAt(view: EditorView, position: number, reference: Reference): Promise<Tooltip | null> {
  const written = fieldAt(view.state.doc.toString(), position);
  const { apiVersion, kind } = written?.document ?? {};
  if (!written || typeof apiVersion !== 'string' || typeof kind !== 'string') return null;
  const schemas = await reference.schemas(apiVersion);
  const root = schemas && schemaOfKind(schemas, apiVersion, kind);
  if (root === undefined) return null;
  // a key of a map and an item of a list are about the field that holds them
  for (let { path } = written; path.length > 0; path = path.slice(0, -1)) {
    const field = fieldOf(schemas!, root, path);
    if (field?.owner.endsWith(`.${field.name}`))
      return { pos: written.from, end: written.to, above: true, create: () => ({ dom: fieldText(field) }) };
  }
  return null;
}

const setHelp = StateEffect.define<Tooltip | null>();
const asked = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (self) => showTooltip.from(self),
});

/** Tells about the field under the pointer, and with F1 about the one at the cursor; Esc ends it. */
export function fieldHelp(reference: Reference): Extension {
  return [
    asked,
    hoverTooltip((view, position) => helpAt(view, position, reference)),
    keymap.of([
      {
        key: 'F1',
        run(view) {
          const { head } = view.state.selection.main;
          const before = view.state;
          void helpAt(view, head, reference).then((tooltip) => {
            if (view.state.doc !== before.doc || view.state.selection.main.head !== head) return;
            const words = tooltip
              ? (tooltip.create(view).dom.textContent ?? '')
              : translate({ id: 'widget.manifest.noHelp', message: '여기에는 API의 필드가 없다.' });
            view.dispatch({ effects: [setHelp.of(tooltip), EditorView.announce.of(words)] });
          });
          return true;
        },
      },
      {
        key: 'Escape',
        run(view) {
          if (view.state.field(asked) === null) return false;
          view.dispatch({ effects: setHelp.of(null) });
          return true;
        },
      },
    ]),
  ];
}
