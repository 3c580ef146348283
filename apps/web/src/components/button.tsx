import type { ComponentPropsWithRef } from 'react'
import styles from './button.module.css'

export type ButtonLook = 'default' | 'small' | 'quiet' | 'quiet-small' | 'icon'

export function buttonClass(look: ButtonLook = 'default', pressed = false): string {
  const quiet = look === 'quiet' || look === 'quiet-small' || look === 'icon'
  const small = look === 'small' || look === 'quiet-small' || look === 'icon'
  return [
    styles.button,
    quiet && styles.quiet,
    small && styles.small,
    look === 'icon' && styles.icon,
    pressed && styles.pressed,
  ]
    .filter(Boolean)
    .join(' ')
}

export function Button({
  look = 'default',
  ...rest
}: ComponentPropsWithRef<'button'> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={buttonClass(look, rest['aria-pressed'] === true)} />
}
