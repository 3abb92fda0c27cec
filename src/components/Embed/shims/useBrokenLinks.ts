const nothing = { collectAnchor: () => undefined };

/** Stands in for Docusaurus's hook in embeds: the site's own pages have had their links checked. */
export default function useBrokenLinks(): typeof nothing {
  return nothing;
}
