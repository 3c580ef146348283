import type { Subject, View } from '@weir/contract'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Connection } from './connection.ts'
import type { LiveState } from './live-state.ts'
import { type Changed, type Focus, keyOf, type LiveStore } from './live-store.ts'
import type { Observable } from './observable.ts'
import type { Pulse } from './pulse.ts'

const FOCUS_DEBOUNCE_MS = 150

/** The page's live store; `createPageLive` makes it. */
export const LiveStoreContext = createContext<LiveStore | null>(null)

export function useLiveStore(): LiveStore {
  const store = useContext(LiveStoreContext)
  if (store === null) throw new Error('no LiveStoreContext above this component')
  return store
}

/** Watches a view for as long as the component is there. `subject` and `view` may be new objects each time. */
export function useLive<V extends View>(subject: Subject, view: V): LiveState<V['type']> {
  const store = useLiveStore()
  const stable = useStable(subject, view)
  const subscribe = useCallback(
    (listener: () => void) => store.subscribeView(stable.subject, stable.view, listener),
    [store, stable],
  )
  const read = () => store.stateOf(stable.subject, stable.view)
  return useSyncExternalStore(subscribe, read)
}

/**
 * Tells the server which rows are on the screen: it reads them more often or more exactly, and sends their points.
 * Of the keys that all parts of the page ask for, the first 100 count.
 */
export function useFocus(
  subscription: { readonly subject: Subject; readonly view: View },
  keys: readonly string[],
): void {
  const store = useLiveStore()
  const stable = useStable(subscription.subject, subscription.view)
  const wanted = useStableKeys(keys)
  const [focus, setFocus] = useState<Focus | null>(null)
  useEffect(() => {
    const own = store.focus(stable.subject, stable.view)
    setFocus(own)
    return () => own.release()
  }, [store, stable])
  useEffect(() => {
    const timer = setTimeout(() => focus?.set(wanted), FOCUS_DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [focus, wanted])
}

/** The state of the socket: for the page as a whole, not for one view. */
export function useConnection(): Connection {
  return useObservable(useLiveStore().connection)
}

export function usePulse(): Pulse {
  return useObservable(useLiveStore().pulse)
}

/** Whether the reader paused the page, and how to change it. */
export function usePaused(): [paused: boolean, setPaused: (paused: boolean) => void] {
  const store = useLiveStore()
  return [useObservable(store.paused), store.setPaused]
}

/** Epoch ms on the server's clock, anew every `everyMs`: what every time of a snapshot is to be held against. */
export function useNow(everyMs = 1_000): number {
  return useObservable(useLiveStore().nowEvery(everyMs))
}

/** Calls back when something that a view is about was changed: the place to invalidate what was asked for. */
export function useChanged(listener: (changed: Changed) => void): void {
  const store = useLiveStore()
  const newest = useEffectEvent(listener)
  useEffect(() => store.onChanged((changed) => newest(changed)), [store])
}

function useObservable<T>({ subscribe, get }: Observable<T>): T {
  return useSyncExternalStore(subscribe, get)
}

interface Watched<V extends View> {
  readonly subject: Subject
  readonly view: V
}

/** One object for one view, however often the component writes it down anew. */
function useStable<V extends View>(subject: Subject, view: V): Watched<V> {
  const key = keyOf(subject, view)
  return useMemo(() => {
    const [keptSubject, keptView] = JSON.parse(key) as [Subject, V]
    return { subject: keptSubject, view: keptView }
  }, [key])
}

function useStableKeys(keys: readonly string[]): readonly string[] {
  const text = JSON.stringify(keys)
  return useMemo(() => JSON.parse(text) as readonly string[], [text])
}
