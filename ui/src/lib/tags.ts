/** The tags of a line with commas between them, each once. */
export function tagsOf(line: string): string[] {
  const tags = line.split(',').map((tag) => tag.trim().replace(/\s+/g, ' '));
  return [...new Set(tags.filter(Boolean))];
}
