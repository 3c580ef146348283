import { useQueryClient } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import { ActionButton } from '../../components/action/action-button.tsx'
import { Buttons, Caution, Outcome, Refusal, Touches } from '../../components/action/action-parts.tsx'
import { Button } from '../../components/button.tsx'
import { Drawer } from '../../components/drawer/drawer.tsx'
import { queries } from '../../lib/api.ts'
import { formatExact, formatTime } from '../../lib/format.ts'
import { useAction } from '../../lib/use-action.ts'
import styles from './user-drawer.module.css'
import type { UserRow } from './user-rows.ts'

interface UserDrawerProps {
  instanceId: string
  user: UserRow
  /** As it was when the drawer was opened: what is offered stays the same while it is looked at. */
  wasDisabled: boolean
  /** Whether every client that is connected is known. */
  isComplete: boolean
  onClose: () => void
}

/** So many client ids are named; the rest are counted. */
const NAMED = 100

/** Disables an account, or enables it again; each is the other's undo. */
export function UserDrawer({ instanceId, user, wasDisabled, isComplete, onClose }: UserDrawerProps) {
  const { t } = useTranslation('actions')
  const client = useQueryClient()
  const askAgain = () => void client.invalidateQueries({ queryKey: queries.mqtt.users.key() })
  const disable = useAction(queries.mqtt.disableUser.mutationOptions({ onSuccess: askAgain }))
  const enable = useAction(queries.mqtt.enableUser.mutationOptions({ onSuccess: askAgain }))
  const { username, clientIds } = user
  const input = { instanceId, username }
  const first = wasDisabled ? enable : disable
  const isDone = first.outcome !== null
  return (
    <Drawer
      title={t(wasDisabled ? 'users.enableTitle' : 'users.disableTitle')}
      subject={username}
      onClose={onClose}
      footer={
        isDone ? (
          <Buttons>
            <Button onClick={onClose}>{t('close')}</Button>
          </Buttons>
        ) : (
          <>
            {wasDisabled ? null : (
              <Caution tone="look" title={t('users.wills')}>
                {t('users.refused')}
              </Caution>
            )}
            <Buttons>
              {wasDisabled ? (
                <ActionButton disabled={enable.isRunning} onClick={() => void enable.run(input)}>
                  {enable.isRunning ? t('users.enabling') : t('users.enableButton', { username })}
                </ActionButton>
              ) : (
                <ActionButton
                  tone="danger"
                  disabled={disable.isRunning}
                  onClick={() => void disable.run(input)}
                >
                  {disable.isRunning
                    ? t('users.disabling')
                    : clientIds.length === 0
                      ? t('users.disableButton', { username })
                      : t('users.disableButtonCut', {
                          username,
                          count: clientIds.length,
                          number: formatExact(clientIds.length),
                        })}
                </ActionButton>
              )}
              <Button look="quiet" onClick={onClose}>
                {t('cancel')}
              </Button>
            </Buttons>
          </>
        )
      }
    >
      {wasDisabled ? (
        <p className="muted">{t('users.enableText')}</p>
      ) : (
        <>
          <Connections clientIds={clientIds} roles={user.roles} />
          {isComplete ? null : (
            <Caution tone="look" title={t('users.partial')}>
              {t('users.mayCutMore')}
            </Caution>
          )}
        </>
      )}
      {disable.outcome ? (
        <Outcome
          end={
            !wasDisabled && !enable.outcome ? (
              <Button
                look="quiet-small"
                className="link"
                disabled={enable.isRunning}
                onClick={() => void enable.run(input)}
              >
                {enable.isRunning ? t('undoing') : t('undo')}
              </Button>
            ) : null
          }
        >
          <Trans
            t={t}
            i18nKey="users.disabled"
            count={disable.outcome.clientIds.length}
            values={{
              ...{ username, number: formatExact(disable.outcome.clientIds.length) },
              time: formatTime(disable.doneAt),
            }}
            components={{ b: <b /> }}
          />
        </Outcome>
      ) : null}
      {enable.outcome ? (
        <Outcome>
          <Trans
            t={t}
            i18nKey="users.enabled"
            values={{ username, time: formatTime(enable.doneAt) }}
            components={{ b: <b /> }}
          />
        </Outcome>
      ) : null}
      {disable.error ? <Refusal title={t('users.notDisabled', { username })} error={disable.error} /> : null}
      {enable.error ? <Refusal title={t('users.notEnabled', { username })} error={enable.error} /> : null}
    </Drawer>
  )
}

function Connections({ clientIds, roles }: Pick<UserRow, 'clientIds' | 'roles'>) {
  const { t } = useTranslation('actions')
  return (
    <>
      <Touches
        title={t('touches')}
        touches={[
          {
            ...{ id: 'connections', label: t('users.cut'), exact: clientIds.length },
            value: t('users.connections', { count: clientIds.length }),
          },
          { id: 'roles', label: t('users.keeps'), value: roles.join(', ') || t('users.noRoles') },
        ]}
      />
      {clientIds.length > 0 ? (
        <ul className={styles.clients} aria-label={t('users.cut')}>
          {clientIds.slice(0, NAMED).map((clientId) => (
            <li key={clientId} title={clientId}>
              {clientId}
            </li>
          ))}
          {clientIds.length > NAMED ? (
            <li className="faint">{t('users.more', { count: clientIds.length - NAMED })}</li>
          ) : null}
        </ul>
      ) : null}
    </>
  )
}
