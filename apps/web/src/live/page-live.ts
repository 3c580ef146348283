import { LIVE_PATH } from '@weir/contract'
import { reloadOnce } from '../lib/reload-once.ts'
import { createLiveStore, type LiveStore } from './live-store.ts'

/** The page's one live store, on the server that the page came from, and told what the browser knows. */
export function createPageLive(): LiveStore {
  const store = createLiveStore({ url: liveUrl(location), WebSocket, reload: () => reloadOnce('protocol') })
  document.addEventListener('visibilitychange', () => store.setVisible(!document.hidden))
  addEventListener('online', () => store.retryNow())
  store.setVisible(!document.hidden)
  store.start()
  return store
}

export function liveUrl({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${LIVE_PATH}`
}
