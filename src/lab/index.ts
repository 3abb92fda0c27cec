export { loadDefinitionsWith } from './definitions';
export { createLab } from './lab';
export { getScenario, scenarios } from './scenarios';
