import { afterEach, describe, expect, it, vi } from 'vitest'
import { reloadOnce } from './reload-once.ts'
import { localStore, type SafeStorage, sessionStore } from './safe-storage.ts'

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

describe('localStore', () => {
  it('keeps and forgets', () => {
    expect(localStore.get('a')).toBeNull()
    expect(localStore.set('a', '1')).toBe(true)
    expect(localStore.get('a')).toBe('1')
    localStore.remove('a')
    expect(localStore.get('a')).toBeNull()
  })

  it('answers as if empty where the browser forbids even to look', () => {
    vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    expect(localStore.get('a')).toBeNull()
    expect(localStore.set('a', '1')).toBe(false)
    expect(() => localStore.remove('a')).not.toThrow()
  })

  it('says that a full store kept nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(sessionStore.set('a', '1')).toBe(false)
  })
})

describe('reloadOnce', () => {
  function memory(): SafeStorage {
    const kept = new Map<string, string>()
    return {
      get: (key) => kept.get(key) ?? null,
      set: (key, value) => kept.set(key, value).has(key),
      remove: (key) => kept.delete(key),
    }
  }

  it('reloads, and not again within five minutes for the same reason', () => {
    const storage = memory()
    const reload = vi.fn()
    expect(reloadOnce('protocol', storage, 1_000_000, reload)).toBe(true)
    expect(reloadOnce('protocol', storage, 1_000_000 + 299_999, reload)).toBe(false)
    expect(reload).toHaveBeenCalledTimes(1)
    expect(reloadOnce('chunk', storage, 1_000_000, reload)).toBe(true)
    expect(reloadOnce('protocol', storage, 1_000_000 + 300_000, reload)).toBe(true)
  })

  it('does nothing where it could not remember, since that would be a loop', () => {
    const reload = vi.fn()
    const blocked: SafeStorage = { get: () => null, set: () => false, remove: () => {} }
    expect(reloadOnce('protocol', blocked, 0, reload)).toBe(false)
    expect(reload).not.toHaveBeenCalled()
  })
})
