import styles from './key-values.module.css'
import plain from './plain-table.module.css'

/** Arguments, policies, headers: names and values as the broker has them. */
export function KeyValues({ label, values }: { label: string; values: Readonly<Record<string, unknown>> }) {
  return (
    <table className={`${plain.table} ${plain.compact} ${styles.keyValues}`} aria-label={label}>
      <tbody>
        {Object.entries(values).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <code title={asText(value)}>{asText(value)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** As in the broker's own API: text bare, everything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
