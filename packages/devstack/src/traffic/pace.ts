/** Hands out work at a steady rate, however irregularly it is asked. */
export interface Pace {
  /** How many are due at `now` (ms). What fell due during a long silence is capped at one second's worth. */
  due(now: number): number
}

export function createPace(perSecond: number, startedAt: number): Pace {
  let last = startedAt
  let owed = 0
  return {
    due(now) {
      owed = Math.min(owed + ((now - last) / 1000) * perSecond, Math.max(perSecond, 1))
      last = now
      const whole = Math.floor(owed)
      owed -= whole
      return whole
    },
  }
}
