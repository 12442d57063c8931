import { call, NoAnswer, Problem } from '../api/client'
import type { Colleague, WorkItem } from '../api/shapes'
import { t } from '../i18n'

/** What one does to work items beside doing them: take, give back, hand over; one or many. */

export const claim = (id: string) => call('post', '/api/work-items/{id}/claim', { path: { id } }) as Promise<WorkItem>
export const release = (id: string) => call('post', '/api/work-items/{id}/release', { path: { id } }) as Promise<WorkItem>
export const handOver = (id: string, official: string) =>
  call('post', '/api/work-items/{id}/assign', { path: { id }, body: { official } }) as Promise<WorkItem>

export interface Outcome { done: WorkItem[], failed: { id: string, why: string }[] }

/** One after the other: each stands for itself, and what fails does not keep the others from being done. */
export async function each(ids: string[], act: (id: string) => Promise<WorkItem>,
  progress: (done: number) => void = () => {}): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] }
  for (const id of ids) {
    try {
      outcome.done.push(await act(id))
    } catch (e) {
      outcome.failed.push({ id, why: inWords(e) })
    }
    progress(outcome.done.length + outcome.failed.length)
  }
  return outcome
}

/** Those of a unit to whom work can be handed over. */
export async function colleagues(unit: string): Promise<Colleague[]> {
  const page = await call('get', '/api/officials', { query: { unit, limit: 200 } })
  return page.items.filter(c => c.enabled)
}

/** What went wrong, for a person. */
export function inWords(e: unknown): string {
  return e instanceof Problem ? e.errors.map(f => f.message).join(' ') || e.detail || t(e.status > 501 ? 'error.busy' : 'error.unexpected')
    : e instanceof NoAnswer ? t('error.noAnswer') : t('error.unexpected')
}
