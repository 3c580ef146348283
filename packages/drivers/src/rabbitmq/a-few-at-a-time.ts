/** Calls `visit` for each item, at most `most` at a time, and waits for all; throws what the first failing one throws. */
export async function aFewAtATime<T>(
  most: number,
  items: readonly T[],
  visit: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const work = async () => {
    for (const item of left) await visit(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
}
