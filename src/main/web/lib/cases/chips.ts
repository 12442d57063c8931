import { day, dayAfter, dayOf, moment, startOfDay } from '../clock'
import { areaName, categoryName, county, processName, stageName, unitName } from '../county'
import { t } from '../i18n'
import type { CaseFilter, CaseFilterName } from './filter'

/** A filter in words, to be taken away by a click. `names` are what it is made of. */
export interface Chip { names: CaseFilterName[], words: string }

/** Filters as chips; those a page has controls for are left out where the control can show what they say. */
export function chipsOf(filter: CaseFilter, controls: CaseFilterName[]): Chip[] {
  const chips: Chip[] = []
  const add = (names: CaseFilterName[], words: string) => chips.push({ names, words })
  const one = (name: CaseFilterName, words: (value: string) => string, shown = true) => {
    const value = filter[name]
    if (value && !(controls.includes(name) && shown)) {
      add([name], words(value))
    }
  }
  one('scorecard', scorecard)
  one('process', v => of('type', processName(v) || v))
  one('stage', v => of('stage', stageName(filter.process, v) || v))
  one('unit', v => of('unit', v === 'none' ? t('cases.noUnit') : unitName(v)))
  one('category', v => of('category', categoryName(v) || v), county.categories.has(filter.category ?? ''))
  one('area', v => of('area', areaName(v)), county.areas.has(filter.area ?? ''))
  one('within', v => t(v === 'false' ? 'cases.chip.itself' : 'cases.chip.within'))
  one('channel', v => of('channel', t(`channel.${v}`)))
  one('light', v => of('light', t(`light.${v}`)), filter.light !== 'none')
  one('open', v => t(v === 'true' ? 'cases.open' : 'cases.ended'))
  if ((filter.openedFrom || filter.openedTo) && !(controls.includes('openedFrom') && openedDays(filter))) {
    add(['openedFrom', 'openedTo'], of('opened', span(filter.openedFrom, filter.openedTo)))
  }
  if (filter.closedFrom || filter.closedTo) {
    add(['closedFrom', 'closedTo'], of('closed', span(filter.closedFrom, filter.closedTo)))
  }
  one('placed', v => t(v === 'true' ? 'cases.chip.placed' : 'cases.chip.notPlaced'))
  one('bbox', () => t('cases.chip.onMap'))
  return chips
}

const of = (what: string, value: string) => t('cases.chip.of', { what: t(`cases.by.${what}`), value })

/** Whole days read as days, moments as moments. */
function span(from: string | undefined, to: string | undefined): string {
  const first = from && (dayOf(from) ? day(from) : moment(from))
  const last = to && (dayOf(to) ? day(new Date(Date.parse(to) - 1).toISOString()) : moment(to))
  return first && last ? first === last ? first : t('cases.chip.span', { first, last })
    : first ? t('cases.chip.since', { first }) : t('cases.chip.until', { last: last ?? '' })
}

/** The first and last day the two moments stand for; null where they do not lie on the bounds of days. */
export function openedDays(filter: CaseFilter): [string, string] | null {
  const first = filter.openedFrom ? dayOf(filter.openedFrom) : null
  const behind = filter.openedTo ? dayOf(filter.openedTo) : null
  return first && behind ? [first, dayAfter(behind, -1)] : null
}

export function openedBetween(days: [string, string] | null): CaseFilter {
  return { openedFrom: days ? startOfDay(days[0]) : '', openedTo: days ? startOfDay(dayAfter(days[1], 1)) : '' }
}

/** `2026-10:unit:140929-ga:response:met` as boards write it. */
function scorecard(selector: string): string {
  const [month, , key, rate, which] = selector.split(':')
  const whose = unitName(key) !== key ? unitName(key) : areaName(key) !== key ? areaName(key) : categoryName(key)
  return t('cases.chip.scorecard', { month, whose, rate: t(`cases.rate.${rate}`), which: t(`cases.rate.${which}`) })
}
