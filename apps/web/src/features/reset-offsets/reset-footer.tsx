import type { ResetPreview } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../components/action/action-button.tsx'
import { Buttons, Caution } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { formatDuration, formatExact } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { type ArmedReset, WAIT_MS } from './armed-reset.ts'
import { type ResetTotals, totalsOf } from './reset-plan.ts'

interface ResetFooterProps {
  armed: ArmedReset
  plan: ResetPreview | null
  onReset: () => void
  onCallOff: () => void
  onClose: () => void
}

export function ResetFooter({ armed, plan, onReset, onCallOff, onClose }: ResetFooterProps) {
  const { t } = useTranslation('actions')
  switch (armed.state) {
    case 'waiting':
      return (
        <>
          <StillWaiting members={armed.members} until={armed.until} promised={armed.promised} />
          <Buttons>
            <Button onClick={onCallOff}>{t('reset.callOff')}</Button>
          </Buttons>
        </>
      )
    case 'resetting':
      return (
        <Buttons>
          <ActionButton disabled>{t('reset.running')}</ActionButton>
        </Buttons>
      )
    case 'done':
      return (
        <Buttons>
          <Button onClick={onClose}>{t('close')}</Button>
        </Buttons>
      )
    case 'idle':
    case 'calledOff':
    case 'expired':
    case 'failed':
      return (
        <>
          <WhatEnded armed={armed} />
          <Members count={plan?.members ?? 0} />
          <Buttons>
            <ActionButton disabled={!plan || totalsOf(plan.partitions).moved === 0} onClick={onReset}>
              {plan ? buttonText(totalsOf(plan.partitions), t) : t('reset.button')}
            </ActionButton>
            <Button look="quiet" onClick={onClose}>
              {t('cancel')}
            </Button>
          </Buttons>
        </>
      )
    default:
      return armed satisfies never
  }
}

/** Verb, object and what it means to the readers: `Reset 12 offsets, read 2,404,277 again`. */
export function buttonText({ moved, readAgain, skipped }: ResetTotals, t: TFunction<'actions'>): string {
  if (moved === 0) return t('reset.nothing')
  const offsets = t('reset.offsets', { count: moved, number: formatExact(moved) })
  const numbers = { offsets, again: formatExact(readAgain), skipped: formatExact(skipped) }
  if (readAgain > 0 && skipped > 0) return t('reset.buttonBoth', numbers)
  if (readAgain > 0) return t('reset.buttonAgain', numbers)
  return skipped > 0 ? t('reset.buttonSkip', numbers) : offsets
}

function Members({ count }: { count: number }) {
  const { t } = useTranslation('actions')
  if (count === 0) return null
  return (
    <Caution tone="look" title={t('reset.members', { count })}>
      {t('reset.willWait', { duration: t('reset.minutes', { count: WAIT_MS / 60_000 }) })}
    </Caution>
  )
}

function WhatEnded({ armed }: { armed: ArmedReset }) {
  const { t } = useTranslation('actions')
  if (armed.state === 'calledOff') return <Caution tone="idle" title={t('reset.calledOff')} />
  if (armed.state !== 'expired') return null
  return (
    <Caution tone="look" title={t('reset.expired')}>
      {t('reset.members', { count: armed.members })}
    </Caution>
  )
}

function StillWaiting({
  members,
  until,
  promised,
}: {
  members: number
  until: number
  promised: ResetTotals
}) {
  const { t } = useTranslation('actions')
  useNow()
  const left = formatDuration(Math.max(0, until - Date.now()))
  return (
    // A timer and no status: a screen reader isn't told each second.
    <div role="timer">
      <Caution tone="stale" title={t('reset.waiting', { left })}>
        {t('reset.members', { count: members })} {t('reset.whenLeft', { what: buttonText(promised, t) })}
      </Caution>
    </div>
  )
}
