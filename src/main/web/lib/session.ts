import { computed, ref } from 'vue'
import { call, logIn, logOut, Problem, surround } from './api/client'
import type { Self } from './api/shapes'
import { officeTime } from './clock'
import { locale } from './i18n'
import { lineUp } from './line'
import { remembered } from './remembered'

/**
 * Who is logged in. When the session ends while somebody works, the page stays as it is and asks for the password over
 * it; the calls that were refused wait and are made again.
 */

export const self = ref<Self | null>(null)
/** The page waits for a log-in: `first` shows the log-in page, `again` a window over what is being worked on. */
export const asking = ref<'no' | 'first' | 'again'>('no')

/** Whether somebody logged in here before: nobody is asked about a session that cannot be. */
const beenHere = remembered('been-here', false)
/** Whether this is the demo, as the log-in found: there one may make time pass. */
export const demo = remembered('demo', false)

let waiting: { resolve: () => void, reject: (e: unknown) => void }[] = []

surround({
  language: () => locale.value,
  officeTime,
  line: up => {
    // an answer that was on its way when the line was cut does not mend it
    lineUp.value = up && navigator.onLine !== false
  },
  loggedOut: () => new Promise((resolve, reject) => {
    if (self.value === null) {
      reject(new Problem(401, 'urn:closedloop:unauthenticated', ''))
      return
    }
    asking.value = 'again'
    waiting.push({ resolve, reject })
  }),
})

/** Finds out who is there. False: nobody. */
export async function whoIsThere(): Promise<boolean> {
  if (!beenHere.value) {
    asking.value = 'first'
    return false
  }
  try {
    self.value = await call('get', '/api/me')
    asking.value = 'no'
    return true
  } catch (e) {
    if (e instanceof Problem && e.status === 401) {
      beenHere.value = false
      asking.value = 'first'
      return false
    }
    throw e
  }
}

/** @throws Problem with words for the person when that does not work */
export async function enter(username: string, password: string) {
  const before = self.value?.username
  await logIn(username, password)
  if (asking.value === 'again' && before !== undefined && before !== username.trim().toLowerCase()) {
    // somebody else's work must not be sent in this person's name
    location.reload()
    return
  }
  self.value = await call('get', '/api/me')
  beenHere.value = true
  asking.value = 'no'
  const go = waiting
  waiting = []
  go.forEach(w => w.resolve())
}

/**
 * Sets a password of one's own. The server then ends every session of this person, this one too: it is begun again.
 *
 * @throws Problem 422 with what is wrong with either password
 */
export async function changePassword(current: string, wanted: string) {
  const username = self.value!.username
  await call('post', '/api/me/password', { body: { current, wanted } })
  await logIn(username, wanted)
  self.value = await call('get', '/api/me')
}

/** Gives up what was being worked on and shows the log-in page. */
export async function leave() {
  waiting.forEach(w => w.reject(new Problem(401, 'urn:closedloop:unauthenticated', '')))
  waiting = []
  await logOut().catch(() => {})
  self.value = null
  beenHere.value = false
  asking.value = 'first'
}

export const holds = (post: Self['posts'][number]) => computed(() => self.value?.posts.includes(post) ?? false)
