import { type UseMutationOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from './api.ts'

export interface Action<I, O> {
  run(input: I): Promise<O | null>
  readonly isRunning: boolean
  readonly outcome: O | null
  /** Epoch ms on this computer's clock, when the outcome came. */
  readonly doneAt: number | null
  readonly error: Error | null
  /** As if it had not been done: for the next one. */
  reset(): void
}

/** One change, made once: nothing is tried again by itself, and the list of changes is asked for anew after it. */
export function useAction<I, O>(options: UseMutationOptions<O, Error, I>): Action<I, O> {
  const client = useQueryClient()
  const [doneAt, setDoneAt] = useState<number | null>(null)
  const mutation = useMutation({
    ...options,
    onSettled: () => {
      setDoneAt(Date.now())
      return client.invalidateQueries({ queryKey: queries.audit.key() })
    },
  })
  return {
    run: (input) =>
      mutation.mutateAsync(input).then(
        (outcome) => outcome,
        // It stands in `error`.
        () => null,
      ),
    isRunning: mutation.isPending,
    outcome: mutation.data ?? null,
    doneAt,
    error: mutation.error,
    reset: mutation.reset,
  }
}
