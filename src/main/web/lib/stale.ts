import type { Router } from 'vue-router'
import { lineUp } from './line'

/**
 * After an update of the server, a page that was opened before it asks for parts that are no longer there. It then loads
 * anew, once, at the address it was on the way to. Where the server does not answer at all, the page stays: a reload would
 * leave nothing. What was typed into forms is in their drafts.
 */

const NAME = 'closedloop.reloaded'
/** A part that is still missing after a reload will not come by another one. */
const ONCE = 60_000

export function mendStale(router: Router) {
  let going: string | null = null
  /** A part was missing: of what comes later only the rest would be fetched, and a page would stand there without its looks. */
  let broken = false

  router.beforeEach(async to => {
    const address = router.resolve(to.fullPath).href
    if (broken && await serverThere()) {
      location.assign(address)
      return false
    }
    going = address
    return true
  })
  router.afterEach(() => {
    going = null
  })
  window.addEventListener('vite:preloadError', async () => {
    const wish = going ?? location.href
    broken = true
    const there = await serverThere()
    lineUp.value = there
    if (there && Date.now() - Number(sessionStorage.getItem(NAME) ?? 0) > ONCE) {
      sessionStorage.setItem(NAME, String(Date.now()))
      location.assign(wish)
    }
  })
}

const serverThere = () => fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' }).then(r => r.ok, () => false)
