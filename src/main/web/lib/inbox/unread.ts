import { onScopeDispose, ref, watch } from 'vue'
import { call, Problem } from '../api/client'
import { self } from '../session'
import { onAlert } from '../stream'

/**
 * How many notices are unread, for the bell. Asked when an alert turns on (its notices are written a moment later), when
 * the page is looked at again, and slowly besides: not every notice is an alert.
 */

const LOOK = 60_000
/** How long after an alert its notices are there. */
const WRITTEN = 2_000

export const unread = ref(0)

export const bellCount = () => unread.value > 99 ? '99+' : String(unread.value)

/** Keeps the number true as long as the part of the page that calls this is there. */
export function useUnread() {
  async function ask() {
    if (!self.value || self.value.mustChangePassword || document.visibilityState === 'hidden') {
      return
    }
    try {
      unread.value = (await call('get', '/api/notices', { query: { unread: true, limit: 1 } })).counts.unread
    } catch (e) {
      if (e instanceof Problem && e.status < 500) {
        unread.value = 0
      }
    }
  }

  let soon: ReturnType<typeof setTimeout> | undefined
  onAlert(() => {
    clearTimeout(soon)
    soon = setTimeout(() => void ask(), WRITTEN)
  })
  const look = setInterval(() => void ask(), LOOK)
  const seenAgain = () => void ask()
  document.addEventListener('visibilitychange', seenAgain)
  window.addEventListener('online', seenAgain)
  watch(() => self.value?.username, () => {
    unread.value = 0
    void ask()
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(soon)
    clearInterval(look)
    document.removeEventListener('visibilitychange', seenAgain)
    window.removeEventListener('online', seenAgain)
  })
}
