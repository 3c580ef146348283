import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import { StateIcon } from '../state-icon.tsx'
import styles from './fields.module.css'

interface FieldProps {
  label: ReactNode
  /** What to know before writing. */
  hint?: ReactNode
  /** What is wrong with what was written. */
  mistake?: string | null | undefined
}

type InputProps = Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value'> &
  FieldProps & {
    value: string
    onValue: (value: string) => void
    /** Stands in front and can't be changed: a prefix. */
    start?: ReactNode
    end?: ReactNode
  }

/** A line to write in, its label above, and below it the hint or what is wrong. */
export function TextField({ label, hint, mistake, value, onValue, start, end, ...rest }: InputProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.box} data-wrong={mistake ? true : undefined}>
        {start ? <span className={styles.start}>{start}</span> : null}
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-invalid={mistake ? true : undefined}
          aria-describedby={mistake || hint ? `${id}-below` : undefined}
        />
        {end ? <span className={styles.end}>{end}</span> : null}
      </div>
      <Below id={`${id}-below`} hint={hint} mistake={mistake} />
    </div>
  )
}

interface SelectProps extends FieldProps {
  value: string
  onValue: (value: string) => void
  options: readonly { readonly value: string; readonly text: string }[]
  disabled?: boolean
}

export function SelectField({ label, hint, mistake, value, onValue, options, disabled }: SelectProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={disabled}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <Below id={`${id}-below`} hint={hint} mistake={mistake} />
    </div>
  )
}

interface SegmentedProps<V extends string> {
  label: string
  value: V
  onValue: (value: V) => void
  options: readonly { readonly value: V; readonly text: string }[]
  disabled?: boolean
}

/** One of a few, all in sight. */
export function Segmented<V extends string>({ label, value, onValue, options, disabled }: SegmentedProps<V>) {
  const name = useId()
  return (
    <fieldset className={styles.field} disabled={disabled}>
      <legend>{label}</legend>
      <div className={styles.segmented}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Fields side by side. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}

function Below({ id, hint, mistake }: { id: string } & Pick<FieldProps, 'hint' | 'mistake'>) {
  if (mistake) {
    return (
      <p id={id} className={styles.mistake}>
        <StateIcon tone="act" />
        {mistake}
      </p>
    )
  }
  return hint ? (
    <p id={id} className={styles.hint}>
      {hint}
    </p>
  ) : null
}
