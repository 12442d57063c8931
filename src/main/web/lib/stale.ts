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

export function mendStale(router?: Router) {
  let going: string | null = null
  router?.beforeEach(to => {
    going = router.resolve(to.fullPath).href
  })
  router?.afterEach(() => {
    going = null
  })
  window.addEventListener('vite:preloadError', () => void reload(going))
}

async function reload(going: string | null) {
  if (!await fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' }).then(r => r.ok, () => false)) {
    lineUp.value = false
    return
  }
  lineUp.value = true
  const last = Number(sessionStorage.getItem(NAME) ?? 0)
  if (Date.now() - last > ONCE) {
    sessionStorage.setItem(NAME, String(Date.now()))
    location.assign(going ?? location.href)
  }
}
