import { ref, shallowRef } from 'vue'

/** A list that is read from its newest end and goes on at the push of a button. */

export interface PageOf<T> { items: T[], next: string | null }

/** @param read the page after that cursor, or the first one */
export function usePages<P extends PageOf<{ id: number | string }>>(read: (after?: string) => Promise<P>, told?: (page: P) => void) {
  const items = shallowRef<P['items']>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const trouble = ref<unknown>(null)
  let turn = 0

  /** From the beginning; what was there stays until the new is there. */
  async function load() {
    const mine = ++turn
    state.value = items.value.length ? state.value : 'loading'
    try {
      const page = await read()
      if (mine === turn) {
        items.value = page.items
        next.value = page.next
        state.value = 'ready'
        told?.(page)
      }
    } catch (e) {
      if (mine === turn && !items.value.length) {
        trouble.value = e
        state.value = 'error'
      }
    }
  }

  /** The next page. Throws what went wrong; the list stays as it is and may be asked again. */
  async function more() {
    const mine = turn
    const page = await read(next.value!)
    if (mine === turn) {
      const known = new Set(items.value.map((i: P['items'][number]) => i.id))
      items.value = items.value.concat((page.items as P['items'][number][]).filter(i => !known.has(i.id)))
      next.value = page.next
    }
  }

  /** Another list altogether. */
  function again() {
    items.value = []
    void load()
  }

  return { items, next, state, trouble, load, more, again }
}
