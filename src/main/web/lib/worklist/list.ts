import { computed, ref, watch, type Ref } from 'vue'
import { call } from '../api/client'
import type { Counts, WorkItem } from '../api/shapes'
import { lightOf, now } from '../clock'
import { useKeysetList } from '../list/keyset'
import type { PageOf } from '../list/pages'
import { onAlert, onWorkItems, streamUp } from '../stream'
import type { Filter } from './filter'

/**
 * A work list that stays true while one looks at it: the stream says when it has changed, and lights turn by the clock
 * without anybody asking. Where there is no stream the list asks by itself.
 */

const LOOK = 15_000
const LOOK_BESIDE_STREAM = 60_000

export function useWorkList(filter: Ref<Filter>) {
  const counts = ref<Counts | null>(null)

  function query(limit: number, after?: string) {
    const f = filter.value
    return { scope: f.scope, light: f.light || undefined, task: f.task || undefined, process: f.process || undefined,
      area: f.area || undefined, category: f.category || undefined, q: f.q.trim() || undefined, sort: f.sort, limit,
      after }
  }

  const at = (item: WorkItem) => Date.parse(filter.value.sort === 'created' ? item.createdAt : item.due)

  const list = useKeysetList<WorkItem, PageOf<WorkItem> & { counts: Counts }>({
    wish: filter,
    read: async (limit, after, signal) => {
      const page = await call('get', '/api/work-items', { query: query(limit, after), signal })
      return { items: page.items as WorkItem[], next: page.next, counts: page.counts }
    },
    order: (a, b) => at(a) - at(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    told: page => {
      counts.value = page.counts
    },
    every: LOOK,
    enough: () => streamUp.value ? LOOK_BESIDE_STREAM : 0,
  })
  onWorkItems(list.refreshSoon)
  onAlert(list.refreshSoon)
  const { items } = list

  const total = computed(() => {
    const c = counts.value
    return !c ? 0 : filter.value.light ? c[filter.value.light] : c.green + c.yellow + c.red + c.grey
  })

  /** What a call answered takes its place in the list. */
  function put(changed: WorkItem) {
    items.value = items.value.map(i => i.id === changed.id ? { ...changed, case: changed.case ?? i.case } : i)
  }

  function remove(id: string) {
    items.value = items.value.filter(i => i.id !== id)
  }

  // a light that turned moves the counts: ask, when a known item's light is no longer the server's
  const turned = computed(() => items.value.filter(i => lightOf(i, now.value) !== i.light).map(i => i.id).join())
  watch(turned, ids => ids && list.refreshSoon())

  /** Since when the list may say what is no longer so; longer than it takes to ask again. */
  const old = () => Date.now() - list.trueAt.value > 3 * LOOK + (streamUp.value ? LOOK_BESIDE_STREAM : 0)

  return { ...list, counts, total, old, put, remove }
}
