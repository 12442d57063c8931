import { locale } from '@/lib/i18n'

/** Days and moments as the office writes them; everything is Beijing time, wherever the browser is. */

const ZONE = 'Asia/Shanghai'
const cache = new Map<string, Intl.DateTimeFormat>()

function format(style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale.value + JSON.stringify(style)
  const known = cache.get(key) ?? new Intl.DateTimeFormat(locale.value, { timeZone: ZONE, ...style })
  cache.set(key, known)
  return known
}

export const dateTime = (at: string) => format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

/** Of a date without a time, such as 2026-03-01. */
export const day = (date: string) => format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }).format(new Date(`${date}T12:00:00+08:00`))

export const monthName = (year: number, month: number) => format({ month: 'long' }).format(new Date(Date.UTC(year, month, 15)))

/** Monday first. */
export const weekdays = () => [...Array(7).keys()].map(i => format({ weekday: 'narrow' }).format(new Date(Date.UTC(2024, 0, 1 + i, 6))))
