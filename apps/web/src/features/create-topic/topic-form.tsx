import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldRow, SelectField, TextField } from '../../components/action/fields.tsx'
import {
  cleanupPolicies,
  hasRetention,
  type ReadDraft,
  retentions,
  spanUnits,
  type TopicDraft,
  type TopicField,
} from './topic-draft.ts'
import styles from './topic-form.module.css'

interface TopicFormProps {
  formId: string
  draft: TopicDraft
  prefix: string
  mistakes: ReadDraft['mistakes']
  onDraft: (draft: TopicDraft) => void
  onSubmit: (event: FormEvent) => void
}

export function TopicForm({ formId, draft, prefix, mistakes, onDraft, onSubmit }: TopicFormProps) {
  const { t } = useTranslation('actions')
  const said = (field: TopicField) => {
    const mistake = mistakes[field]
    // What isn't written yet is no mistake to shout about.
    return mistake === undefined || mistake === 'missing' ? null : t(`newTopic.mistakes.${mistake}`)
  }
  return (
    <form id={formId} className={styles.form} onSubmit={onSubmit}>
      <TextField
        label={t('newTopic.name')}
        start={prefix === '' ? null : prefix}
        value={draft.name}
        onValue={(name) => onDraft({ ...draft, name })}
        mistake={said('name')}
        hint={prefix === '' ? t('newTopic.nameHint') : t('newTopic.prefixHint', { prefix })}
        data-autofocus
      />
      <FieldRow>
        <TextField
          label={t('newTopic.partitions')}
          inputMode="numeric"
          value={draft.partitions}
          onValue={(partitions) => onDraft({ ...draft, partitions })}
          mistake={said('partitions')}
        />
        <TextField
          label={t('newTopic.replicationFactor')}
          inputMode="numeric"
          value={draft.replicationFactor}
          onValue={(replicationFactor) => onDraft({ ...draft, replicationFactor })}
          mistake={said('replicationFactor')}
        />
      </FieldRow>
      <SelectField
        label={t('newTopic.cleanupPolicy')}
        value={draft.cleanupPolicy}
        onValue={(value) => {
          const cleanupPolicy = cleanupPolicies.find((one) => one === value) ?? 'delete'
          onDraft({ ...draft, cleanupPolicy })
        }}
        options={cleanupPolicies.map((value) => ({
          value,
          text: t(`newTopic.policies.${value === 'compact,delete' ? 'both' : value}`),
        }))}
      />
      {hasRetention(draft.cleanupPolicy) ? (
        <Retention draft={draft} onDraft={onDraft} mistake={said('ownSpan')} />
      ) : null}
    </form>
  )
}

function Retention({
  draft,
  onDraft,
  mistake,
}: Pick<TopicFormProps, 'draft' | 'onDraft'> & { mistake: string | null }) {
  const { t } = useTranslation('actions')
  return (
    <>
      <SelectField
        label={t('newTopic.retention')}
        value={draft.retention}
        onValue={(value) =>
          onDraft({ ...draft, retention: retentions.find((one) => one === value) ?? 'default' })
        }
        options={retentions.map((value) => ({ value, text: t(`newTopic.retentions.${value}`) }))}
      />
      {draft.retention === 'own' ? (
        <FieldRow>
          <TextField
            label={t('newTopic.ownSpan')}
            inputMode="decimal"
            value={draft.ownSpan}
            onValue={(ownSpan) => onDraft({ ...draft, ownSpan })}
            mistake={mistake}
          />
          <SelectField
            label={t('newTopic.ownUnit')}
            value={draft.ownUnit}
            onValue={(value) => onDraft({ ...draft, ownUnit: spanUnits.find((one) => one === value) ?? 'h' })}
            options={spanUnits.map((value) => ({ value, text: t(`newTopic.units.${value}`) }))}
          />
        </FieldRow>
      ) : null}
    </>
  )
}
