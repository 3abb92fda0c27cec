export { loadDefinitionsWith } from './definitions';
export { createLab, openLab } from './lab';
export { loadScenario } from './scenarios/load';
