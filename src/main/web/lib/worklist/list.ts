import { computed, onScopeDispose, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { call, NoAnswer, Problem } from '../api/client'
import type { Counts, WorkItem } from '../api/shapes'
import { lightOf, now } from '../clock'
import { self } from '../session'
import type { Filter } from './filter'

/**
 * A work list that stays true while one looks at it: pages are added at its end as one scrolls, what arrives, is taken
 * or done elsewhere comes in by itself, and lights turn by the clock without anybody asking.
 */

const PAGE = 100
/** How much of the list's beginning is read anew; what lies further down is soonest seen after scrolling there. */
const FRESH = 200
const LOOK = 15_000

export function useWorkList(filter: Ref<Filter>) {
  const items = shallowRef<WorkItem[]>([])
  const counts = ref<Counts | null>(null)
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const trouble = ref<unknown>(null)
  const more = ref(false)
  /** When the list was last known to be true, in the device's time. */
  const trueAt = ref(Date.now())
  const arrived = reactive(new Set<string>())
  let turn = 0
  let asked: AbortController | null = null

  const total = computed(() => {
    const c = counts.value
    return !c ? 0 : filter.value.light ? c[filter.value.light] : c.green + c.yellow + c.red + c.grey
  })

  function query(limit: number, after?: string) {
    const f = filter.value
    return { scope: f.scope, light: f.light || undefined, task: f.task || undefined, process: f.process || undefined,
      area: f.area || undefined, category: f.category || undefined, q: f.q.trim() || undefined, sort: f.sort, limit,
      after }
  }

  /** From the beginning; what was there stays visible until the new is there. */
  async function load() {
    const mine = ++turn
    asked?.abort()
    asked = new AbortController()
    state.value = items.value.length ? state.value : 'loading'
    try {
      const page = await call('get', '/api/work-items', { query: query(PAGE), signal: asked.signal })
      if (mine === turn) {
        items.value = page.items as WorkItem[]
        next.value = page.next
        counts.value = page.counts
        state.value = 'ready'
        trueAt.value = Date.now()
      }
    } catch (e) {
      if (mine === turn && !(e instanceof DOMException)) {
        trouble.value = e
        items.value = []
        state.value = 'error'
      }
    }
  }

  async function loadMore() {
    if (more.value || !next.value || state.value !== 'ready') {
      return
    }
    more.value = true
    const mine = turn
    try {
      const page = await call('get', '/api/work-items', { query: query(PAGE, next.value) })
      if (mine === turn) {
        const known = new Set(items.value.map(i => i.id))
        items.value = items.value.concat((page.items as WorkItem[]).filter(i => !known.has(i.id)))
        next.value = page.next
      }
    } catch {
      // the end of the list is reached again and asks again
    } finally {
      more.value = false
    }
  }

  /** Reads the beginning anew and puts it in place of what stood there, without moving what one looks at. */
  async function refresh() {
    if (state.value === 'error') {
      return load()
    }
    const mine = turn
    const size = Math.min(FRESH, Math.max(PAGE, items.value.length))
    try {
      const page = await call('get', '/api/work-items', { query: query(size) })
      if (mine !== turn) {
        return
      }
      const fresh = page.items as WorkItem[]
      const known = new Set(items.value.map(i => i.id))
      fresh.filter(i => !known.has(i.id)).forEach(i => arrived.add(i.id))
      if (items.value.length <= fresh.length || page.next === null) {
        items.value = fresh
        next.value = page.next
      } else {
        const read = new Set(fresh.map(i => i.id))
        const last = key(fresh[fresh.length - 1])
        items.value = fresh.concat(items.value.filter(i => !read.has(i.id) && key(i) > last))
      }
      counts.value = page.counts
      trueAt.value = Date.now()
    } catch (e) {
      if (!(e instanceof NoAnswer) && !(e instanceof Problem)) {
        throw e
      }
    }
  }

  function key(item: WorkItem): string {
    const at = Date.parse(filter.value.sort === 'created' ? item.createdAt : item.due)
    return `${String(at).padStart(15, '0')}|${item.id}`
  }

  /** What a call answered takes its place in the list. */
  function put(changed: WorkItem) {
    items.value = items.value.map(i => i.id === changed.id ? { ...changed, case: changed.case ?? i.case } : i)
  }

  function remove(id: string) {
    items.value = items.value.filter(i => i.id !== id)
  }

  let soon: ReturnType<typeof setTimeout> | undefined
  function refreshSoon() {
    clearTimeout(soon)
    soon = setTimeout(() => void refresh(), 400)
  }

  const look = setInterval(() => {
    if (document.visibilityState === 'visible' && self.value) {
      void refresh()
    }
  }, LOOK)
  const seenAgain = () => {
    if (document.visibilityState === 'visible' && Date.now() - trueAt.value > 5_000) {
      void refresh()
    }
  }
  document.addEventListener('visibilitychange', seenAgain)
  window.addEventListener('online', seenAgain)
  onScopeDispose(() => {
    clearInterval(look)
    clearTimeout(soon)
    asked?.abort()
    document.removeEventListener('visibilitychange', seenAgain)
    window.removeEventListener('online', seenAgain)
  })

  watch(filter, () => {
    arrived.clear()
    void load()
  }, { deep: true, immediate: true })

  // a light that turned moves the counts: ask, when a known item's light is no longer the server's
  const turned = computed(() => items.value.filter(i => lightOf(i, now.value) !== i.light).map(i => i.id).join())
  watch(turned, ids => ids && refreshSoon())

  return { items, counts, next, state, trouble, more, total, trueAt, arrived, load, loadMore, refresh, refreshSoon, put, remove }
}
