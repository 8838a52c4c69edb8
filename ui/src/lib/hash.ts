/** The groups of eight in which a digest is shown everywhere: 64 digits make eight of them. */
export function groups(hex: string): string[] {
  return hex.match(/.{1,8}/g) ?? [];
}

/** A digest cut short for a table: both ends stay, never the start alone. */
export function bothEnds(digest: string): string {
  const hex = digest.replace(/^sha256:/, '');
  return hex.length > 20 ? `${hex.slice(0, 8)} … ${hex.slice(-8)}` : digest;
}
