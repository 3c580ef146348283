/** The state of the page's one socket. Times are epoch ms on the server's clock, as everywhere in `live/`. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  /** `nextTryAt` is null while a try is on its way. */
  | { readonly state: 'reconnecting'; readonly since: number; readonly nextTryAt: number | null }
  /** By the reader (frames are held back), or because nobody sees the tab (the server sends none). */
  | { readonly state: 'paused'; readonly since: number; readonly by: 'user' | 'hidden' }
  /** It doesn't come back by itself; `code` is one of the contract's `CloseCode`s. */
  | { readonly state: 'closed'; readonly code: number }
