import { call, type Shape } from '@/lib/api/client'
import { categoryName, county } from '@/lib/county'
import { english, t } from '@/lib/i18n'

/** The scorecards of a month as the API gives them, and months in words. */

export type Scorecard = Omit<Shape<'Scorecard'>, 'frozenAt' | 'hash'> & { frozenAt: string | null, hash: string | null }
export type Row = Scorecard['items'][number]
export type By = 'unit' | 'area' | 'category'
export const BY: By[] = ['unit', 'area', 'category']
/** Rates with numerator and denominator, as the API names them. */
export const RATES = ['response', 'solving', 'satisfaction', 'on-time', 'rework', 'return', 'check-in'] as const
export const COUNTS = ['suspended', 'yellow-card', 'red-card'] as const

export const readMonth = (month: string, by: By, signal?: AbortSignal) =>
  call('get', '/api/scorecards', { query: { month, by }, signal }) as unknown as Promise<Scorecard>

/** `2026-10` of a moment, in the county. */
export const monthOf = (millis: number) => new Date(millis + 8 * 3_600_000).toISOString().slice(0, 7)

export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

export const monthInWords = (month: string) => new Intl.DateTimeFormat(english.value ? 'en-GB' : 'zh-CN',
  { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(new Date(`${month}-01T00:00:00Z`))

/** One decimal; nothing where nothing was due. */
export const percent = (rate: number | null) => rate === null ? '–' : `${(Math.round(1000 * rate) / 10).toFixed(1)}%`

export function rowName(card: Scorecard, row: Row): string {
  return row.key === 'all' ? t('scorecards.county') : row.key === 'none' ? t('scorecards.unfilled')
    : card.by === 'category' ? categoryName(row.key) || row.name : row.name
}

export const countOf = (row: Row, key: typeof COUNTS[number]) => key === 'suspended' ? row.suspended
  : key === 'yellow-card' ? row.cards.yellow : row.cards.red

/** 响应率 30% + 解决率 35% + … */
export const weightsInWords = (card: Scorecard) => Object.entries(card.weights).filter(([, weight]) => weight > 0)
  .map(([rate, weight]) => `${t(`scorecards.rate.${rate}`)} × ${weight}%`).join(' + ')

export const countyName = () => [...county.areas.values()].find(a => a.level === 'county')?.name ?? ''
