/**
 * Lag by group, of what `kafka-consumer-groups --describe` prints: a head line and one line per partition for each
 * group, columns apart by spaces, `-` where nothing is known.
 */
export function lagByGroup(output: string): ReadonlyMap<string, number> {
  const lags = new Map<string, number>()
  let [group, lag] = [-1, -1]
  for (const line of output.split('\n')) {
    const words = line.trim().split(/\s+/)
    if (words.includes('GROUP') && words.includes('LAG')) {
      ;[group, lag] = [words.indexOf('GROUP'), words.indexOf('LAG')]
      continue
    }
    const [groupId, figure] = [words[group], words[lag]]
    if (groupId === undefined || figure === undefined || !/^\d+$/.test(figure)) continue
    lags.set(groupId, (lags.get(groupId) ?? 0) + Number(figure))
  }
  return lags
}
