/** Parts of the configuration that only a build reads. */
const BUILD_ONLY = ['plugins', 'themes', 'presets', 'markdown', 'staticDirectories'];

/**
 * Loader of the site's generated configuration, for the script that every page loads: what only a build reads is left out.
 * Beside it the module exports `place`: the folder, without a slash at its end, that a host serves the site from beyond where it was built for;
 * `''` as a rule. The router leaves it out of all addresses, so what is not an address of the router needs it: the site's own address, its images.
 */
export default function browserConfig(source) {
  const config = JSON.parse(source.slice(source.indexOf('export default') + 'export default'.length).replace(/;\s*$/, ''));
  for (const part of BUILD_ONLY) delete config[part];
  delete config.themeConfig.blog;
  // Code is highlighted when the site is built.
  delete config.themeConfig.prism;
  return `
    const base = ${JSON.stringify(config.baseUrl)};
    export const place = new URL(__webpack_public_path__, location).pathname.slice(0, -base.length);
    const config = ${JSON.stringify(config)};
    if (place) {
      config.url = location.origin + place;
      const here = (file) => config.url + base + file;
      config.favicon = here(config.favicon);
      const { logo } = config.themeConfig.navbar;
      logo.src = here(logo.src);
      logo.srcDark = here(logo.srcDark);
    }
    export default config;
  `;
}
