import type { LocationQuery } from 'vue-router'
import type { paths } from '../api/schema'

/**
 * What the list of cases is narrowed to: the filters of `GET /api/cases` under the same names, so that the address behind
 * any number of a board opens here as it stands.
 */

type Asked = NonNullable<paths['/api/cases']['get']['parameters']['query']>
export type CaseFilterName = Exclude<keyof Asked, 'limit' | 'after'>
export type CaseFilter = Partial<Record<CaseFilterName, string>>

export const NAMES: CaseFilterName[] = ['process', 'stage', 'area', 'category', 'unit', 'light', 'channel', 'q', 'open',
  'openedFrom', 'openedTo', 'closedFrom', 'closedTo', 'within', 'placed', 'bbox', 'scorecard', 'sort']
const LONGEST = 500

export function caseFilterOf(query: LocationQuery): CaseFilter {
  const filter: CaseFilter = {}
  for (const name of NAMES) {
    const value = Array.isArray(query[name]) ? query[name][0] : query[name]
    if (value) {
      filter[name] = value.slice(0, LONGEST)
    }
  }
  return filter
}

export function caseQueryOf(filter: CaseFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Record<string, string>
}

export const casesNarrowed = (filter: CaseFilter) => NAMES.some(name => name !== 'sort' && filter[name])

/** Where the page shows what the API's address lists: `/api/cases?…` of a board becomes `/cases?…`. */
export function casesBehind(link: string): { name: string, query: Record<string, string> } {
  return { name: 'cases', query: Object.fromEntries(new URL(link, 'http://here').searchParams) }
}
