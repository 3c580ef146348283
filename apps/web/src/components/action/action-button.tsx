import type { ComponentPropsWithRef } from 'react'
import { buttonClass } from '../button.tsx'
import styles from './action-button.module.css'

/** The one filled button of a view, named by what it does. `danger`: what it does can't be undone, or cuts somebody off. */
export function ActionButton({
  tone = 'primary',
  ...rest
}: ComponentPropsWithRef<'button'> & { tone?: 'primary' | 'danger' }) {
  return <button type="button" {...rest} className={`${buttonClass()} ${styles.filled} ${styles[tone]}`} />
}
