/** Whether a topic filter matches a topic (MQTT 5, 4.7). A shared subscription matches as its filter does. */
export function filterMatches(filter: string, topic: string): boolean {
  const levels = filter.replace(/^\$share\/[^/]+\//, '').split('/')
  const names = topic.split('/')
  // A wildcard in the first level doesn't reach `$SYS` and its like.
  if (names[0]?.startsWith('$') && levels[0] !== names[0]) return false
  for (const [index, level] of levels.entries()) {
    if (level === '#') return true
    const name = names[index]
    if (name === undefined || (level !== '+' && level !== name)) return false
  }
  return levels.length === names.length
}
