import { onScopeDispose, ref, shallowRef } from 'vue'

export interface PageOf<T> { items: T[], next: string | null }

interface Options<P extends PageOf<unknown>> {
  /** What an item is known by: one that is there already does not come twice. */
  by?: (item: P['items'][number]) => unknown
  /** What else a page from the beginning told. */
  told?: (page: P) => void
}

/**
 * A list that is read page by page. `read` is told the cursor; what an older reading brings after a newer one began is
 * dropped.
 */
export function usePages<P extends PageOf<unknown>>(read: (after: string | undefined, signal: AbortSignal) => Promise<P>,
  { by = item => item, told }: Options<P> = {}) {
  type Item = P['items'][number]
  const items = shallowRef<Item[]>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const trouble = ref<unknown>(null)
  const more = ref(false)
  let asking = new AbortController()

  async function begin(quietly: boolean) {
    asking.abort()
    const mine = asking = new AbortController()
    try {
      const page = await read(undefined, mine.signal)
      if (mine === asking) {
        items.value = page.items
        next.value = page.next ?? null
        state.value = 'ready'
        told?.(page)
      }
    } catch (e) {
      if (mine === asking && !mine.signal.aborted && !(quietly && items.value.length)) {
        trouble.value = e
        state.value = 'error'
      }
    }
  }

  /** From the beginning. */
  const load = () => begin(false)
  /** The same; where it cannot be read now, what is there stays. */
  const refresh = () => begin(true)

  /** Another list altogether. */
  function again() {
    items.value = []
    next.value = null
    state.value = 'loading'
    void load()
  }

  /** The next page. Throws what went wrong; the list stays and may be asked again. */
  async function loadMore() {
    if (!next.value || more.value) {
      return
    }
    more.value = true
    const mine = asking
    try {
      const page = await read(next.value, mine.signal)
      if (mine === asking) {
        const known = new Set(items.value.map(i => by(i)))
        items.value = [...items.value, ...page.items.filter(i => !known.has(by(i)))]
        next.value = page.next ?? null
      }
    } catch (e) {
      if (!mine.signal.aborted) {
        throw e
      }
    } finally {
      more.value = false
    }
  }

  onScopeDispose(() => asking.abort())
  return { items, next, state, trouble, more, load, refresh, again, loadMore }
}
