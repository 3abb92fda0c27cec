/** The folder below embed/ that shows a widget. Lessons' folders have their own names, so `Ports` and `ports` must differ in more than case. */
export const widgetEmbed = (name: string): string => `widget${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
