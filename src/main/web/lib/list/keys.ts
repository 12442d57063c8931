import { nextTick, onMounted, onUnmounted, ref, type Ref } from 'vue'

/**
 * A list under the fingers: j and k go, Enter opens, and what else the page gives keys to. Rows carry `data-row` with
 * their id; while somebody types, keys are what is typed.
 */
export function useRowKeys<T extends { id: string }>(items: Ref<T[]>, rows: Ref<{ into: (index: number) => void } | undefined>,
  acts: Record<string, (item: T | undefined) => void>) {
  /** The row one is at; -1 for none. */
  const at = ref(-1)

  function go(to: number) {
    if (!items.value.length) {
      return
    }
    at.value = Math.max(0, Math.min(items.value.length - 1, to))
    rows.value?.into(at.value)
    void nextTick(() => document.querySelector<HTMLElement>(`[data-row="${items.value[at.value]?.id}"]`)
      ?.focus({ preventScroll: true }))
  }

  const moves: typeof acts = {
    j: () => go(at.value + 1),
    ArrowDown: () => go(at.value + 1),
    k: () => go(at.value - 1),
    ArrowUp: () => go(at.value - 1),
  }

  function key(event: KeyboardEvent) {
    const typing = (event.target as HTMLElement).closest('input, textarea, select, [contenteditable], .el-overlay, .el-popper')
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return
    }
    // the row that has the focus counts, also where the list around it has just become another
    const focused = (document.activeElement as HTMLElement | null)?.dataset.row
    const index = items.value.findIndex(i => i.id === focused)
    if (index >= 0) {
      at.value = index
    }
    const act = moves[event.key] ?? acts[event.key]
    const onButton = event.key === 'Enter' && (event.target as HTMLElement).closest('button, a')
    if (act && !onButton) {
      event.preventDefault()
      act(items.value[at.value])
    }
  }

  onMounted(() => window.addEventListener('keydown', key))
  onUnmounted(() => window.removeEventListener('keydown', key))
  return { at, go }
}
