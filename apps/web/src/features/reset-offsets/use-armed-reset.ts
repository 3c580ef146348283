import { useQueryClient } from '@tanstack/react-query'
import type { ResetPartition } from '@weir/contract'
import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { api, apiErrorOf, queries } from '../../lib/api.ts'
import { type ArmedReset, idle, nextArmed, type ResetWish } from './armed-reset.ts'
import { movedPartitions } from './reset-plan.ts'

interface Group {
  readonly instanceId: string
  readonly groupId: string
  /** As the live view has it; null while it isn't told. */
  readonly members: number | null
}

export interface Before {
  readonly partition: number
  readonly offset: string | null
}

export interface ArmedControls {
  readonly armed: ArmedReset
  /** Epoch ms on this computer's clock, once it is done. */
  readonly doneAt: number | null
  /** The commits that were there before; what an undo puts back. */
  readonly before: readonly Before[]
  readonly error: unknown
  begin(wish: ResetWish, partitions: readonly ResetPartition[], members: number): void
  callOff(): void
  forget(): void
}

/** The broker is asked itself while waiting, since a hidden or paused page gets no live numbers. */
const LOOK_EVERY_MS = 2_000

/** Waits for a group to be empty and then resets it, as `nextArmed` says. It lives as long as the page it is on. */
export function useArmedReset({ instanceId, groupId, members }: Group): ArmedControls {
  const client = useQueryClient()
  const [armed, dispatch] = useReducer(nextArmed, idle)
  const [end, setEnd] = useState<{ doneAt: number | null; before: readonly Before[]; error: unknown }>(
    nothing,
  )
  const isMaking = useRef(false)

  const look = ({ topic, to }: ResetWish) => api.kafka.previewOffsetReset({ instanceId, groupId, topic, to })

  const lookWhileWaiting = useEffectEvent(async () => {
    if (armed.state !== 'waiting') return
    dispatch({ type: 'tick', now: Date.now() })
    // A look that fails says nothing about the members: the next one may.
    const seen = await look(armed.wish).catch(() => null)
    if (seen) dispatch({ type: 'members', members: seen.members })
  })
  useEffect(() => {
    if (armed.state !== 'waiting') return
    const timer = setInterval(() => void lookWhileWaiting(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [armed.state])
  useEffect(() => {
    if (members === 0) void lookWhileWaiting()
  }, [members])

  const make = useEffectEvent(async () => {
    if (armed.state !== 'resetting' || isMaking.current) return
    isMaking.current = true
    const { wish, seen } = armed
    try {
      const plan = seen ? { members: 0, partitions: seen } : await look(wish)
      if (plan.members > 0) return dispatch({ type: 'joined', members: plan.members })
      const offsets = movedPartitions(plan.partitions).map(({ partition, to }) => ({ partition, offset: to }))
      const made =
        offsets.length === 0
          ? { before: [] }
          : await api.kafka.resetOffsets({ instanceId, groupId, topic: wish.topic, offsets })
      setEnd({ doneAt: Date.now(), before: made.before, error: null })
      dispatch({ type: 'made', partitions: plan.partitions })
    } catch (error) {
      const joined = await membersAfter(error, () => look(wish))
      if (joined > 0) return dispatch({ type: 'joined', members: joined })
      setEnd({ ...nothing, error })
      dispatch({ type: 'failed' })
    } finally {
      isMaking.current = false
      void client.invalidateQueries({ queryKey: queries.audit.key() })
    }
  })
  useEffect(() => {
    if (armed.state === 'resetting') void make()
  }, [armed.state])

  return {
    ...{ armed, ...end },
    begin(wish, partitions, connected) {
      setEnd(nothing)
      dispatch({ type: 'begin', wish, partitions, members: connected, now: Date.now() })
    },
    callOff: () => dispatch({ type: 'callOff' }),
    forget: () => dispatch({ type: 'forget' }),
  }
}

const nothing = { doneAt: null, before: [], error: null }

/** A refusal because of members is a reason to wait on; any other is an end. */
async function membersAfter(error: unknown, look: () => Promise<{ members: number }>): Promise<number> {
  if (apiErrorOf(error).code !== 'BROKER_REJECTED') return 0
  return look().then(
    ({ members }) => members,
    () => 0,
  )
}
