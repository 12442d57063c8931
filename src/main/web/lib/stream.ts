import { onScopeDispose, ref, watch } from 'vue'
import { newKey } from './api/client'
import type { Alert } from './api/shapes'
import { self } from './session'

/**
 * Alerts as they turn on, and that lists of work items have changed. One stream for the whole page: a person may have
 * three, and the server learns late that one was left. The browser reconnects by itself and goes on where it ended; where
 * the server has no place for one more, lists are read anew by the clock only.
 */

type Listener = (alert: Alert) => void

const AGAIN = 30_000
const NAME = 'closedloop.window'
/** Whose place a reload takes over. Kept only from one page of a window to its next: a duplicated window has its own. */
const here = takeName()
window.addEventListener('pagehide', () => sessionStorage.setItem(NAME, here))

function takeName(): string {
  const name = sessionStorage.getItem(NAME)
  sessionStorage.removeItem(NAME)
  return name ?? newKey()
}

/** Whether alerts arrive at the moment they turn on; what the stream tells need not be asked for. */
export const streamUp = ref(false)

const listeners = new Set<Listener>()
const lists = new Set<() => void>()
let source: EventSource | null = null
let again: ReturnType<typeof setTimeout> | undefined

export function onAlert(listener: Listener) {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
  open()
}

/** Lists of work items that this person may see are no longer what they were. */
export function onWorkItems(listener: () => void) {
  lists.add(listener)
  onScopeDispose(() => lists.delete(listener))
  open()
}

function open() {
  if (source || !self.value || self.value.mustChangePassword || document.visibilityState === 'hidden') {
    return
  }
  source = new EventSource(`/api/alerts/stream?window=${here}`)
  source.addEventListener('alert', event => {
    const alert = JSON.parse((event as MessageEvent<string>).data) as Parameters<Listener>[0]
    listeners.forEach(listener => listener(alert))
  })
  source.addEventListener('work-item', () => lists.forEach(listener => listener()))
  source.onopen = () => {
    streamUp.value = true
    // what changed while there was no stream was told to nobody
    lists.forEach(listener => listener())
  }
  source.onerror = () => {
    streamUp.value = false
    if (source?.readyState === EventSource.CLOSED) {
      close()
      again = setTimeout(open, AGAIN)
    }
  }
}

function close() {
  clearTimeout(again)
  source?.close()
  source = null
  streamUp.value = false
}

// a page nobody looks at leaves its place to those that are looked at
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' ? close() : listeners.size + lists.size && open())
// whoever comes next sees something else
watch(() => self.value && !self.value.mustChangePassword && self.value.username, who => {
  close()
  if (who && listeners.size + lists.size) {
    open()
  }
})
