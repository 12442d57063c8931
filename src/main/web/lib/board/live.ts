import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { call, type Shape } from '@/lib/api/client'
import type { Alert } from '@/lib/api/shapes'
import { lineUp } from '@/lib/line'
import { onAlert, streamUp } from '@/lib/stream'

/**
 * The numbers of this moment, kept true: read anew when an alert turns on and every few seconds while somebody looks. Says
 * since when they are old, where they are, and mends that by itself.
 */

export type Board = Shape<'Board'>
export type Trend = Shape<'Trend'>
export type Lights = Shape<'Lights'>

const TICK = 1_000
const LOOK = 8_000
/** The server counts once in two seconds: right after an alert it may still say what was true before. */
const COUNTED = 2_200
const OLD = 25_000
const TREND = 60_000
const FEED = 40
const GLOW = 6_000

export function useBoard() {
  const board = shallowRef<Board | null>(null)
  const trend = shallowRef<Trend | null>(null)
  const alerts = ref<Alert[]>([])
  /** Alerts that turned on while this page was open, the newest last. */
  const arrived = ref<Alert[]>([])
  /** Ids of those that turned on just now. */
  const fresh = reactive(new Set<number>())
  const state = ref<'loading' | 'error' | 'ready'>('loading')
  const trouble = shallowRef<unknown>(null)
  const readAt = ref(0)
  const tick = ref(Date.now())
  let reading = false
  let again = false
  let trendAt = 0
  let triedAt = 0
  const timers = new Set<ReturnType<typeof setTimeout>>()

  async function read() {
    if (reading) {
      again = true
      return
    }
    reading = true
    triedAt = Date.now()
    try {
      board.value = await call('get', '/api/board') as Board
      readAt.value = tick.value = Date.now()
      state.value = 'ready'
      trouble.value = null
    } catch (e) {
      trouble.value = e
      if (!board.value) {
        state.value = 'error'
      }
    } finally {
      reading = false
    }
    if (again) {
      again = false
      void read()
    }
  }

  async function readTrend() {
    trendAt = Date.now()
    trend.value = await (call('get', '/api/board/trend', { query: { days: 30 } }) as Promise<Trend>).catch(() => trend.value)
  }

  async function readAlerts() {
    const page = await call('get', '/api/alerts', { query: { limit: FEED } }).catch(() => null)
    if (page) {
      alerts.value = page.items as unknown as Alert[]
    }
  }

  function soon(millis: number) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      void read()
    }, millis)
    timers.add(timer)
  }

  function load() {
    state.value = 'loading'
    void read()
    void readTrend()
    void readAlerts()
  }

  const clock = setInterval(() => {
    tick.value = Date.now()
    if (document.visibilityState === 'hidden') {
      return
    }
    if (state.value === 'ready' && tick.value - triedAt > LOOK) {
      void read()
    }
    if (tick.value - trendAt > TREND) {
      void readTrend()
    }
  }, TICK)
  const seen = () => document.visibilityState === 'visible' && state.value === 'ready' && void read()
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    clearInterval(clock)
    timers.forEach(clearTimeout)
    document.removeEventListener('visibilitychange', seen)
  })

  onAlert(alert => {
    if (alerts.value.some(a => a.id === alert.id)) {
      return
    }
    alerts.value = [alert, ...alerts.value].slice(0, FEED)
    arrived.value = [...arrived.value, alert].slice(-FEED)
    fresh.add(alert.id)
    setTimeout(() => fresh.delete(alert.id), GLOW)
    if (timers.size < 2) {
      soon(100)
      soon(COUNTED)
    }
  })
  // what turned on while nothing could arrive
  watch(streamUp, up => up && state.value === 'ready' && void readAlerts())
  watch(lineUp, up => up && state.value === 'ready' && void read())

  load()
  return {
    board, trend, alerts, arrived, fresh, state, trouble, readAt, load, read,
    stale: computed(() => state.value === 'ready' && (tick.value - readAt.value > OLD || !lineUp.value)),
    live: computed(() => streamUp.value && lineUp.value),
  }
}
