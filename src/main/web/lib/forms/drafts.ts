import { now } from '../clock'
import { keep, keptNames, read } from '../remembered'
import { self } from '../session'

/** What somebody typed and has not sent, by the work item or action it is for; in this browser, each person's own. */

export interface Draft { at: string, answers: Record<string, unknown> }

const MOST = 50
const name = (of: string) => `draft.${self.value?.username}.${of}`

export const readDraft = (of: string) => read<Draft>(name(of))
export const forgetDraft = (of: string) => keep(name(of), null)

export function keepDraft(of: string, answers: Record<string, unknown>) {
  keep(name(of), { at: new Date(now.value).toISOString(), answers })
  const names = keptNames('draft.')
  if (names.length > MOST) {
    names.map(n => ({ n, at: read<Draft>(n)?.at ?? '' })).sort((a, b) => a.at.localeCompare(b.at))
      .slice(0, names.length - MOST).forEach(({ n }) => keep(n, null))
  }
}
