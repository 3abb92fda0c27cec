/** The key in the browser's storage for what a widget of a scenario's lessons keeps under a name. */
export const keptKey = (scenario: string, name: string): string => `progress:${scenario}:${name}`;

/** The name under which a goal keeps that it was reached. */
export const reachedName = (goal: string): string => `reached:${goal}`;

/** The key that holds whether a goal of a lab was ever reached. */
export const reachedKey = (scenario: string, goal: string): string => keptKey(scenario, reachedName(goal));

/** The key that holds when it was reached first, as an ISO date and time. */
export const whenKey = (scenario: string, goal: string): string => keptKey(scenario, `when:${goal}`);

/** The key that holds what the learner wants to be called on the completion page. */
export const learnerKey = 'learner';
