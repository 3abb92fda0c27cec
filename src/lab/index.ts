export { loadDefinitionsWith } from './definitions';
export { createLab } from './lab';
export { loadScenario } from './scenarios/load';
