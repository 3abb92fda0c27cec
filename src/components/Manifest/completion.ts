import { translate } from '@docusaurus/Translate';
import {
  acceptCompletion,
  autocompletion,
  insertCompletionText,
  pickedCompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import type { Reference } from '../../lab/reference';
import { fieldText, requiredMark } from './fieldHelp';
import { placeAt } from './place';
import { suggestionsAt, type Suggestion } from './suggestions';

/** Completion from the API's own schema, while typing and with Ctrl-Space. Enter and Tab take what is chosen, Esc closes. */
export function completion(reference: Reference): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, reference)],
      icons: false,
      // the order is the schema's
      compareCompletions: () => 0,
      positionInfo: placeInfo,
    }),
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ];
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** How wide a description wants to stand beside the list, px. */
const BESIDE = 320;

/** A description stands beside the list, and below it where the screen is too narrow. */
function placeInfo(_view: EditorView, list: Box, _option: Box, _info: Box, space: Box): { style: string } {
  const [left, right] = [list.left - space.left, space.right - list.right];
  if (right >= BESIDE) return { style: `left: 100%; top: 0; max-width: ${Math.min(right, 480)}px` };
  if (left >= BESIDE) return { style: `right: 100%; top: 0; max-width: ${Math.min(left, 480)}px` };
  return { style: `left: 0; top: 100%; width: ${list.right - list.left}px` };
}

async function complete(context: CompletionContext, reference: Reference): Promise<CompletionResult | null> {
  const place = placeAt(context.state.doc.toString(), context.pos);
  if (!place) return null;
  // a new line asks for nothing: Enter there is for one more line
  if (!context.explicit && place.wanted === 'key' && place.from === context.pos) return null;
  const apiVersion: unknown = place.document?.apiVersion;
  const schemas = typeof apiVersion === 'string' ? await reference.schemas(apiVersion) : undefined;
  if (context.aborted) return null;
  const found = suggestionsAt(place, {
    kinds: reference.kinds(),
    schemas,
    objectsOf: (resource) => reference.objects(resource),
  });
  if (found.length === 0) return null;
  return { from: place.from, to: place.to, options: found.map(asOption), validFor: /^[\w./-]*$/ };
}

function asOption({ label, of, field, detail, insert = label, goesOn = false }: Suggestion): Completion {
  const exists = () => translate({ id: 'widget.manifest.exists', message: '있는 이름' });
  const beside = field
    ? `${field.type}${field.required ? ` ${requiredMark()}` : ''}`
    : (detail ?? (of === 'name' ? exists() : ''));
  return {
    label,
    ...(beside && { detail: beside }),
    ...(field && { info: () => fieldText(field) }),
    apply(view: EditorView, chosen: Completion, from: number, to: number) {
      view.dispatch({ ...insertCompletionText(view.state, insert, from, to), annotations: pickedCompletion.of(chosen) });
      if (goesOn) startCompletion(view);
    },
  };
}
