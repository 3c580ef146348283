/**
 * What the browser keeps for us, where it lets us: in a frame whose storage is blocked the mere look at
 * `localStorage` throws, and a full one throws when written to. Nothing here is needed; it is only nice to have.
 */
export interface SafeStorage {
  /** Null: nothing was kept, or nothing may be. */
  get(key: string): string | null
  /** False: it was not kept. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

function safely(storage: () => Storage): SafeStorage {
  return {
    get(key) {
      try {
        return storage().getItem(key)
      } catch {
        return null
      }
    },
    set(key, value) {
      try {
        storage().setItem(key, value)
        return true
      } catch {
        return false
      }
    },
    remove(key) {
      try {
        storage().removeItem(key)
      } catch {
        // What can't be reached holds nothing of ours.
      }
    },
  }
}

/** Kept over visits. */
export const localStore = safely(() => localStorage)
/** Kept as long as the tab. */
export const sessionStore = safely(() => sessionStorage)
