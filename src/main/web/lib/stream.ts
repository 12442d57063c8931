import { onScopeDispose, ref } from 'vue'
import { self } from './session'

/**
 * Alerts as they turn on. The browser reconnects by itself and goes on where it ended; where the server has no place for
 * one more stream, lists are read anew by the clock only.
 */
export function useAlertStream(onAlert: (alert: { level: string, case: string }) => void) {
  const live = ref(false)
  let source: EventSource | null = null
  let again: ReturnType<typeof setTimeout> | undefined

  function open() {
    if (!self.value || document.visibilityState === 'hidden') {
      return
    }
    source = new EventSource('/api/alerts/stream')
    source.onopen = () => {
      live.value = true
    }
    source.addEventListener('alert', event => onAlert(JSON.parse((event as MessageEvent<string>).data)))
    source.onerror = () => {
      live.value = false
      if (source?.readyState === EventSource.CLOSED) {
        again = setTimeout(reopen, 30_000)
      }
    }
  }

  function close() {
    clearTimeout(again)
    source?.close()
    source = null
    live.value = false
  }

  function reopen() {
    close()
    open()
  }

  // a page nobody looks at leaves its place to those that are looked at: a person has three
  const seen = () => document.visibilityState === 'hidden' ? close() : source === null && open()
  document.addEventListener('visibilitychange', seen)
  open()
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', seen)
    close()
  })
  return { live }
}
