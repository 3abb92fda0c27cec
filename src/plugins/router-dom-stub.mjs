import { place } from '@generated/docusaurus.config';
import { createElement } from 'react';
import { BrowserRouter as Router } from 'react-router-dom/esm/react-router-dom.js';

/**
 * Stands in for react-router-dom: all of it, but for the router that keeps its place after the `#` of an address. Docusaurus's script
 * names it, and uses it only where a site asks for that. The other router leaves out of all addresses where the site is served from.
 */
export * from 'react-router-dom/esm/react-router-dom.js';
export const BrowserRouter = (props) => createElement(Router, { basename: place, ...props });
export { BrowserRouter as HashRouter };
