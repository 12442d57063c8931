import { ref } from 'vue'
import { english, t } from './i18n'
import type { Light } from './api/shapes'

/** Time as the office has it, and deadlines in words. The device's own clock is only used to count on from there. */

const ZONE = 'Asia/Shanghai'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let ahead = 0

/** What time it is in the office; moves on by itself, so that lights turn while one looks. */
export const now = ref(Date.now())

export function officeTime(millis: number) {
  ahead = millis - Date.now()
  // small differences are the line's, and would make every word flicker
  if (Math.abs(now.value - millis) > 5000) {
    now.value = millis
  }
}

export function startClock() {
  setInterval(() => {
    now.value = Date.now() + ahead
  }, 5_000)
}

export interface Running { due: string | null, warn: string | null, light: Light }

/** The light now: the server's, moved on by the moments it named. A stopped clock stays grey. */
export function lightOf(clock: Running, at: number): Light {
  if (clock.light === 'grey' || clock.light === 'none' || !clock.due) {
    return clock.light
  }
  if (Date.parse(clock.due) < at) {
    return 'red'
  }
  return clock.warn && Date.parse(clock.warn) <= at ? 'yellow' : 'green'
}

/** What is left or over, in the two largest units: 剩 3 天 4 小时. */
export function remaining(due: string, at: number): string {
  const millis = Date.parse(due) - at
  return t(millis >= 0 ? 'time.left' : 'time.over', { span: span(Math.abs(millis)) })
}

export function span(millis: number): string {
  const days = Math.floor(millis / DAY)
  const hours = Math.floor((millis % DAY) / HOUR)
  const minutes = Math.floor((millis % HOUR) / MINUTE)
  if (days >= 10) {
    return t('time.days', { n: days })
  }
  if (days > 0) {
    return hours ? `${t('time.days', { n: days })} ${t('time.hours', { n: hours })}` : t('time.days', { n: days })
  }
  if (hours > 0) {
    return minutes ? `${t('time.hours', { n: hours })} ${t('time.minutes', { n: minutes })}` : t('time.hours', { n: hours })
  }
  return t('time.minutes', { n: minutes })
}

/** 11月24日 18:00; with the year where it is not this one. */
export function moment(at: string | null): string {
  return at === null ? '' : dated(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** 18:00, where the day is said elsewhere. */
export function clockTime(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

export function day(at: string | null): string {
  return at === null ? '' : dated(at, {})
}

/** 11月22日星期日 */
export function weekday(at: string): string {
  return dated(at, {}, { weekday: english.value ? 'short' : 'long' })
}

/** 09:05 */
export function hour(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

function dated(at: string, more: Intl.DateTimeFormatOptions, beside: Intl.DateTimeFormatOptions = {}): string {
  const date = new Date(at)
  const format = (o: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(english.value ? 'en-GB' : 'zh-CN', { timeZone: ZONE, ...o }).format(date)
  const thisYear = format({ year: 'numeric' })
    === new Intl.DateTimeFormat(english.value ? 'en-GB' : 'zh-CN', { timeZone: ZONE, year: 'numeric' }).format(now.value)
  const calendar = format({ month: english.value ? 'short' : 'long', day: 'numeric', ...(thisYear ? {} : { year: 'numeric' }), ...beside })
  return more.hour ? `${calendar} ${format(more)}` : calendar
}

/** The zone of the county has one offset all the year. */
const OFFSET = '+08:00'

/** Midnight in the county, at the beginning of a day `2026-11-22`. */
export const startOfDay = (date: string) => `${date}T00:00:00${OFFSET}`

/** The day that begins at this moment in the county; null when none does. */
export function dayOf(at: string): string | null {
  const millis = Date.parse(at)
  if (Number.isNaN(millis)) {
    return null
  }
  const there = new Date(millis + 8 * HOUR).toISOString()
  return there.endsWith('T00:00:00.000Z') ? there.slice(0, 10) : null
}

export const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
