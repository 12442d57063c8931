import { onUnmounted, ref, shallowRef, type Ref } from 'vue'

interface OnePage<T> { items: T[], next: string | null }

/**
 * A list that is read page by page. `read` is told the cursor, and begins anew with `load`; what an older reading brings
 * after a newer one began is dropped.
 */
export function usePages<T>(read: (after: string | undefined, signal: AbortSignal) => Promise<OnePage<T>>) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const state: Ref<'loading' | 'ready' | 'error'> = ref('loading')
  const trouble = ref<unknown>(null)
  const more = ref(false)
  let asking = new AbortController()

  async function load() {
    asking.abort()
    const mine = asking = new AbortController()
    try {
      const page = await read(undefined, mine.signal)
      if (mine === asking) {
        items.value = page.items
        next.value = page.next ?? null
        state.value = 'ready'
      }
    } catch (e) {
      if (mine === asking && !mine.signal.aborted) {
        trouble.value = e
        state.value = 'error'
      }
    }
  }

  async function loadMore() {
    if (!next.value || more.value) {
      return
    }
    more.value = true
    const mine = asking
    try {
      const page = await read(next.value, mine.signal)
      if (mine === asking) {
        items.value = [...items.value, ...page.items]
        next.value = page.next ?? null
      }
    } catch (e) {
      if (!mine.signal.aborted) {
        trouble.value = e
        state.value = 'error'
      }
    } finally {
      more.value = false
    }
  }

  onUnmounted(() => asking.abort())
  return { items, next, state, trouble, more, load, loadMore }
}
