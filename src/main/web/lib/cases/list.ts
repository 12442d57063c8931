import { ref, type Ref } from 'vue'
import { call } from '../api/client'
import type { CaseLine } from '../api/shapes'
import { useKeysetList } from '../list/keyset'
import type { PageOf } from '../list/pages'
import { caseQueryOf, type CaseFilter } from './filter'

/** The cases a filter finds, newest first or by deadline, and how many there are. */

const LOOK = 30_000

export type ListedCase = CaseLine & { id: string }
/** Of the list as filtered; the lights are those it would have without the filter of lights. */
export interface CaseCount { total: number, more: boolean, green: number, yellow: number, red: number, grey: number }

export function useCaseList(filter: Ref<CaseFilter>) {
  const count = ref<CaseCount | null>(null)
  let turn = 0

  /** Beside the list, not before it: where there are very many, counting takes longer than reading a page. */
  async function countNow() {
    const mine = ++turn
    const { light, ...others } = caseQueryOf(filter.value)
    try {
      const all = await call('get', '/api/cases/count', { query: others })
      const total = !light ? all : all.more || !['green', 'yellow', 'red', 'grey', 'none'].includes(light)
        ? await call('get', '/api/cases/count', { query: { ...others, light } })
        : { total: all[light as 'green'], more: false }
      if (mine === turn) {
        count.value = { ...all, total: total.total, more: total.more }
      }
    } catch {
      // the list says what is wrong
      if (mine === turn) {
        count.value = null
      }
    }
  }

  const byDue = () => filter.value.sort === 'due'
  const after = (a: ListedCase, b: ListedCase) => byDue() ? Date.parse(a.due ?? '') - Date.parse(b.due ?? '')
    : Date.parse(b.openedAt) - Date.parse(a.openedAt)
  const list = useKeysetList<ListedCase, PageOf<ListedCase>>({
    wish: filter,
    read: async (limit, cursor, signal) => {
      const page = await call('get', '/api/cases', { query: { ...caseQueryOf(filter.value), limit, after: cursor }, signal })
      return { items: (page.items as CaseLine[]).map(c => ({ ...c, id: c.number })), next: page.next }
    },
    order: (a, b) => after(a, b) || (a.number < b.number === byDue() ? -1 : 1),
    told: () => void countNow(),
    every: LOOK,
  })
  return { ...list, count }
}
