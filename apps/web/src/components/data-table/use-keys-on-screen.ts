import { limits } from '@weir/contract'
import { useEffect } from 'react'
import type { ShownRow } from './use-table-rows.ts'

/** Tells which rows can be seen, whenever they are others. */
export function useKeysOnScreen<Row extends { readonly key: string }>(
  shown: readonly ShownRow<Row>[],
  range: { readonly startIndex: number; readonly endIndex: number } | null,
  onKeys: ((keys: readonly string[]) => void) | undefined,
): void {
  const start = range?.startIndex ?? 0
  const keys = shown
    .slice(start, Math.min((range?.endIndex ?? -1) + 1, start + limits.focusKeys))
    .map(({ row }) => row.key)
  const text = JSON.stringify(keys)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys are new at each drawing, their text only when they are others
  useEffect(() => onKeys?.(keys), [text, onKeys])
}
