/** Who is asking. Every request and every socket has exactly one. Until sign-in exists there are only operators. */
export interface Actor {
  readonly type: 'operator'
}

/** Everyone who reaches a loopback-only Weir. */
export const localOperator: Actor = { type: 'operator' }
