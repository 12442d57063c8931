import { onScopeDispose, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import type { PageOf } from './pages'
import { NoAnswer, Problem } from '../api/client'
import { self } from '../session'

/**
 * A list that stays true while one looks at it: pages are added at its end as one scrolls, what arrives, changes or goes
 * elsewhere comes in by itself. What kind of list it is, its reader says.
 */

const PAGE = 100
/** How much of the list's beginning is read anew; what lies further down is soonest seen after scrolling there. */
const FRESH = 200

export interface Kind<T, P extends PageOf<T>> {
  /** What the list is narrowed to; another wish reads it from the beginning. */
  wish: Ref<unknown>
  read: (limit: number, after: string | undefined, signal: AbortSignal | undefined) => Promise<P>
  /** Negative where the first stands before the second. */
  order: (a: T, b: T) => number
  /** What else a page from the beginning told. */
  told?: (page: P) => void
  /** How often to ask while the list is looked at, in milliseconds. */
  every: number
  /** How often it is enough to ask now; where something else says that the list has changed. */
  enough?: () => number
}

/** How long what has just come looks new. */
const NEW = 6_000

export function useKeysetList<T extends { id: string }, P extends PageOf<T>>(kind: Kind<T, P>) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const trouble = ref<unknown>(null)
  const more = ref(false)
  /** When the list was last known to be true, in the device's time. */
  const trueAt = ref(Date.now())
  const arrived = reactive(new Set<string>())
  let turn = 0
  let asked: AbortController | null = null

  /** From the beginning; what was there stays visible until the new is there. */
  async function load() {
    const mine = ++turn
    asked?.abort()
    asked = new AbortController()
    state.value = items.value.length ? state.value : 'loading'
    try {
      const page = await kind.read(PAGE, undefined, asked.signal)
      if (mine === turn) {
        items.value = page.items
        next.value = page.next
        kind.told?.(page)
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
      const page = await kind.read(PAGE, next.value, undefined)
      if (mine === turn) {
        const known = new Set(items.value.map(i => i.id))
        items.value = items.value.concat(page.items.filter(i => !known.has(i.id)))
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
      const page = await kind.read(size, undefined, undefined)
      if (mine !== turn) {
        return
      }
      const fresh = page.items
      const known = new Set(items.value.map(i => i.id))
      const came = fresh.filter(i => !known.has(i.id)).map(i => i.id)
      came.forEach(id => arrived.add(id))
      if (came.length) {
        setTimeout(() => came.forEach(id => arrived.delete(id)), NEW)
      }
      if (items.value.length <= fresh.length || page.next === null) {
        items.value = fresh
        next.value = page.next
      } else {
        const read = new Set(fresh.map(i => i.id))
        const last = fresh[fresh.length - 1]
        items.value = fresh.concat(items.value.filter(i => !read.has(i.id) && kind.order(i, last) > 0))
      }
      kind.told?.(page)
      trueAt.value = Date.now()
    } catch (e) {
      if (!(e instanceof NoAnswer) && !(e instanceof Problem)) {
        throw e
      }
    }
  }

  let soon: ReturnType<typeof setTimeout> | undefined
  /** Many wishes in a row are one; windows that are told the same do not all ask at once. */
  function refreshSoon() {
    soon ??= setTimeout(() => {
      soon = undefined
      void refresh()
    }, 100 + Math.random() * 200)
  }

  const look = setInterval(() => {
    if (document.visibilityState === 'visible' && self.value && Date.now() - trueAt.value > (kind.enough?.() ?? 0)) {
      void refresh()
    }
  }, kind.every)
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

  watch(kind.wish, () => {
    arrived.clear()
    void load()
  }, { deep: true, immediate: true })

  return { items, next, state, trouble, more, trueAt, arrived, load, loadMore, refresh, refreshSoon }
}
