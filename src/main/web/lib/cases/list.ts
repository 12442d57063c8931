import type { Ref } from 'vue'
import { call } from '../api/client'
import type { CaseLine } from '../api/shapes'
import { useKeysetList, type PageOf } from '../list/keyset'
import { caseQueryOf, type CaseFilter } from './filter'

/** The cases a filter finds, newest first or by deadline. */

const LOOK = 30_000

export type ListedCase = CaseLine & { id: string }

export function useCaseList(filter: Ref<CaseFilter>) {
  const byDue = () => filter.value.sort === 'due'
  const after = (a: ListedCase, b: ListedCase) => byDue() ? Date.parse(a.due ?? '') - Date.parse(b.due ?? '')
    : Date.parse(b.openedAt) - Date.parse(a.openedAt)
  return useKeysetList<ListedCase, PageOf<ListedCase>>({
    wish: filter,
    read: async (limit, cursor, signal) => {
      const page = await call('get', '/api/cases', { query: { ...caseQueryOf(filter.value), limit, after: cursor }, signal })
      return { items: (page.items as CaseLine[]).map(c => ({ ...c, id: c.number })), next: page.next }
    },
    order: (a, b) => after(a, b) || (a.number < b.number === byDue() ? -1 : 1),
    every: LOOK,
  })
}
