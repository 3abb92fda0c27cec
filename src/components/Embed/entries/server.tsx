import { renderToString } from 'react-dom/server';
import Embed from '..';
import { examples } from '../../Catalogue/examples';
import { findScenario } from '../../LabProvider/scenario';
import { scenarioNames } from '../../../lab/scenarios/load';
import type { EmbedPage } from '../parameters';
import { viewsOf } from '../views';
import { widgetEmbed } from '../widgetEmbed';

/** An embed's page before it is drawn: its lab by name, or a widget in the catalogue's lab. */
type Wanted = { id: string; scenario: string } | { widget: string };

/** The widgets that there are embeds of. */
export const widgets: string[] = Object.keys(examples);

/** What stands in an embed's page, as the server draws it. Throws when there is no such lab. */
export function draw(wanted: Wanted, lang: 'ko' | 'en'): { page: EmbedPage; html: string } {
  const widget = 'widget' in wanted ? wanted.widget : undefined;
  const id = 'widget' in wanted ? widgetEmbed(wanted.widget) : wanted.id;
  const scenario = 'widget' in wanted ? 'catalogue' : wanted.scenario;
  const found = findScenario(scenario);
  if (!found) throw new Error(`no scenario ${scenario} for the embed ${id}`);
  const goals = found.goals.map((goal) => goal.id);
  const page: EmbedPage = {
    id,
    lang,
    scenario,
    goals,
    ...(widget !== undefined && { widget }),
    views: viewsOf({ widget, scenario, goals }),
    scenarios: scenarioNames,
  };
  return { page, html: renderToString(<Embed page={page} />) };
}
