/** Stands in for node:zlib, which just-bash imports for gzip and gunzip: commands that the simulated machines do not have. */
function missing(): never {
  throw new Error('this simulator does not compress files');
}

export const constants = {};
export const gzipSync = missing;
export const gunzipSync = missing;
