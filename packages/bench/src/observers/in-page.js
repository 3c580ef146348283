// Runs in Chromium, put there before the page's own scripts: what a reader can see, and when.
globalThis.weirBench = {
  /**
   * Calls `weirBenchSaw([[key, value] …], at)` for each change on the screen. `field`: a column whose exact values are
   * told by row; null: how many rows there are of each family (the part of their keys before the last hyphen).
   */
  observeCells(field) {
    let shown = new Map()
    const look = () => {
      const now = field === null ? families() : figures(field)
      const changed = [...now].filter(([key, value]) => shown.get(key) !== value)
      for (const key of shown.keys()) if (field === null && !now.has(key)) changed.push([key, 0])
      shown = now
      if (changed.length > 0) afterPaint((at) => globalThis.weirBenchSaw(changed, at))
    }
    const options = { subtree: true, childList: true, attributes: true, attributeFilter: ['data-value'] }
    new MutationObserver(look).observe(document, options)
  },

  /** When the first row of a table was painted, in ms since the navigation began. Rejects after half a minute. */
  firstRow: new Promise((resolve, reject) => {
    // The page's own scripts come later.
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-key]') === null) return
      observer.disconnect()
      afterPaint((at) => resolve(at - performance.timeOrigin))
    }).observe(document, { subtree: true, childList: true })
    setTimeout(() => reject(new Error('no row within 30 s')), 30_000)
  }),

  /** Collects how long the main thread was kept, in ms, into `weirBench.longTasks`. */
  observeLongTasks() {
    this.longTasks = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.longTasks.push(entry.duration)
    }).observe({ type: 'longtask' })
  },

  /** Scrolls to the end and back again, `pixels` a frame, for `ms`; answers how many frames there were. */
  async scroll(ms, pixels) {
    const until = performance.now() + ms
    let frames = 0
    let step = pixels
    while (performance.now() < until) {
      await new Promise((done) => requestAnimationFrame(done))
      frames += 1
      const before = scrollY
      scrollBy(0, step)
      if (scrollY === before) step = -step
    }
    return frames
  },
}

function figures(field) {
  const cells = document.querySelectorAll(`[data-key] [data-field="${field}"]`)
  return new Map(
    [...cells].map((cell) => [
      cell.closest('[data-key]').dataset.key,
      Number(cell.dataset.value || Number.NaN),
    ]),
  )
}

function families() {
  const counts = new Map()
  for (const row of document.querySelectorAll('[data-key]')) {
    const family = row.dataset.key.slice(0, Math.max(0, row.dataset.key.lastIndexOf('-')))
    counts.set(family, (counts.get(family) ?? 0) + 1)
  }
  return counts
}

// A frame's callbacks run before it is painted, a message posted from one arrives after.
function afterPaint(then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => then(performance.timeOrigin + performance.now())
    channel.port2.postMessage(null)
  })
}
