import type { TFunction } from 'i18next'
import { Trans, useTranslation } from 'react-i18next'
import { Caution, Outcome, Refusal } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { queries } from '../../lib/api.ts'
import { formatExact, formatTime } from '../../lib/format.ts'
import { useAction } from '../../lib/use-action.ts'
import { type ArmedReset, isOtherwise } from './armed-reset.ts'
import { type ResetTotals, undoOf } from './reset-plan.ts'
import type { ArmedControls } from './use-armed-reset.ts'

interface ResetOutcomeProps {
  instanceId: string
  groupId: string
  armed: Extract<ArmedReset, { state: 'done' }>
  controls: ArmedControls
}

/** What was reset, how that differs from what was shown when it was armed, and the way back. */
export function ResetOutcome({ instanceId, groupId, armed, controls }: ResetOutcomeProps) {
  const { t } = useTranslation('actions')
  const undo = useAction(queries.kafka.resetOffsets.mutationOptions())
  const { promised, made, wish } = armed
  const { offsets, leftOut } = undoOf(controls.before)
  const values = { what: madeText(made, t), topic: wish.topic, time: formatTime(controls.doneAt) }
  const canUndo = offsets.length > 0 && !undo.outcome
  return (
    <>
      <Outcome
        end={
          canUndo ? (
            <Button
              look="quiet-small"
              className="link"
              disabled={undo.isRunning}
              onClick={() => void undo.run({ instanceId, groupId, topic: wish.topic, offsets })}
            >
              {undo.isRunning ? t('undoing') : t('undo')}
            </Button>
          ) : null
        }
      >
        <Trans t={t} i18nKey="reset.done" values={values} components={{ b: <b /> }} />
      </Outcome>
      {isOtherwise(promised, made) ? (
        <Caution tone="idle" title={t('reset.otherwise')}>
          {t('reset.promised', { what: madeText(promised, t) })}
        </Caution>
      ) : null}
      {leftOut > 0 ? (
        <Caution tone="idle" title={t('reset.leftOut', { count: leftOut, number: formatExact(leftOut) })}>
          {t('reset.leftOutText')}
        </Caution>
      ) : null}
      {undo.outcome ? (
        <Outcome>
          <Trans
            t={t}
            i18nKey="reset.undone"
            count={offsets.length}
            values={{ number: formatExact(offsets.length), time: formatTime(undo.doneAt) }}
            components={{ b: <b /> }}
          />
        </Outcome>
      ) : null}
      {undo.error ? <Refusal title={t('reset.notUndone')} error={undo.error} /> : null}
    </>
  )
}

function madeText({ moved, readAgain, skipped }: ResetTotals, t: TFunction<'actions'>): string {
  const parts = [
    t('reset.moved', { count: moved, number: formatExact(moved) }),
    ...(readAgain > 0 ? [t('reset.again', { count: readAgain, number: formatExact(readAgain) })] : []),
    ...(skipped > 0 ? [t('reset.over', { count: skipped, number: formatExact(skipped) })] : []),
  ]
  return parts.join(t('comma'))
}
