// What a scanned code may say: the address of a badge on our own site, and nothing else.
const ADDRESS = /^([!-~]+)\/b\/([2-9A-HJKMNP-Z]{11})$/i

// The path of that badge, or null. It is built anew from the code, so that nothing else of what was
// read is ever opened. `origin` is our own.
export function badge_path(text, origin) {
  const [, site, code] = ADDRESS.exec(text) ?? []
  return site?.toLowerCase() === origin ? `/B/${code.toUpperCase()}` : null
}
