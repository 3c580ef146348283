import { useTranslation } from 'react-i18next'
import { Segmented, SelectField, TextField } from '../../components/action/fields.tsx'
import { formatDuration, formatTime } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { type ResetChoice, readChoice, resetTypes } from './reset-choice.ts'

interface ResetFormProps {
  topics: readonly string[]
  topic: string
  onTopic: (topic: string) => void
  choice: ResetChoice
  onChoice: (choice: ResetChoice) => void
  mistake: 'time' | 'offset' | 'shift' | null
  /** When the brokers were asked; null while they haven't been. */
  askedAt: number | null
  /** While a reset is on its way. */
  isLocked: boolean
}

/** Which topic, and where to. */
export function ResetForm({ topics, topic, onTopic, choice, onChoice, isLocked, ...more }: ResetFormProps) {
  const { t } = useTranslation('actions')
  return (
    <>
      <SelectField
        label={t('reset.topic')}
        value={topic}
        onValue={onTopic}
        options={topics.map((name) => ({ value: name, text: name }))}
        disabled={isLocked}
      />
      <Segmented
        label={t('reset.to')}
        value={choice.type}
        onValue={(type) => onChoice({ ...choice, type })}
        options={resetTypes.map((type) => ({ value: type, text: t(`reset.types.${type}`) }))}
        disabled={isLocked}
      />
      <WhereTo choice={choice} onChoice={onChoice} isLocked={isLocked} {...more} />
    </>
  )
}

type WhereToProps = Pick<ResetFormProps, 'choice' | 'onChoice' | 'mistake' | 'askedAt' | 'isLocked'>

function WhereTo({ choice, onChoice, mistake, askedAt, isLocked }: WhereToProps) {
  const { t } = useTranslation('actions')
  const shared = { mistake: mistake && t(`reset.mistakes.${mistake}`), disabled: isLocked }
  switch (choice.type) {
    case 'earliest':
    case 'latest':
      return null
    case 'time':
      return (
        <TextField
          {...shared}
          type="datetime-local"
          step={1}
          label={t('reset.types.time')}
          value={choice.time}
          onValue={(time) => onChoice({ ...choice, time })}
          end={<Ago choice={choice} />}
          hint={
            askedAt === null
              ? t('reset.hints.time')
              : t('reset.hints.timeAsked', { time: formatTime(askedAt) })
          }
        />
      )
    case 'offset':
      return (
        <TextField
          {...shared}
          inputMode="numeric"
          label={t('reset.types.offset')}
          value={choice.offset}
          onValue={(offset) => onChoice({ ...choice, offset })}
          hint={t('reset.hints.offset')}
        />
      )
    case 'shift':
      return (
        <TextField
          {...shared}
          label={t('reset.types.shift')}
          value={choice.shift}
          onValue={(shift) => onChoice({ ...choice, shift })}
          hint={t('reset.hints.shift')}
        />
      )
    default:
      return choice.type satisfies never
  }
}

function Ago({ choice }: { choice: ResetChoice }) {
  const { t } = useTranslation('actions')
  const now = useNow()
  const read = readChoice(choice)
  if (!('to' in read) || read.to.type !== 'time') return null
  const ago = now - read.to.at
  return ago < 0 ? t('reset.ahead') : t('reset.ago', { duration: formatDuration(ago) })
}
