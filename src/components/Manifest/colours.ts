import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** YAML in the page's own colours (manifest.module.css). */
export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'tok-key' },
    { tag: tags.comment, class: 'tok-comment' },
    { tag: tags.string, class: 'tok-string' },
  ]),
);
