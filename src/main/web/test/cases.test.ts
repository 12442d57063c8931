import { describe, expect, it } from 'vitest'
import api from '@/lib/api/openapi.json'
import '@/lib/cases/words'
import { chipsOf, openedBetween, openedDays } from '@/lib/cases/chips'
import { caseFilterOf, caseQueryOf, casesBehind, NAMES } from '@/lib/cases/filter'

describe('the filter of the list of cases', () => {
  it('has every filter of the API, by the same name', () => {
    const asked = api.paths['/api/cases'].get.parameters.map(p => p.name).filter(n => !['limit', 'after'].includes(n))
    expect([...NAMES].sort()).toEqual(asked.sort())
  })

  it('opens the address behind a number of a board as it stands', () => {
    const link = '/api/cases?open=true&unit=none&light=none&scorecard=2026-10:unit:140929-ga:response:met&bbox=1,2,3,4'
    const opened = casesBehind(link)
    expect(caseQueryOf(caseFilterOf(opened.query))).toEqual(Object.fromEntries(new URLSearchParams(link.split('?')[1])))
  })

  it('tells in words what its controls cannot show', () => {
    const filter = { light: 'none', q: '井盖', open: 'true', within: 'false', closedFrom: '2026-11-01T00:00:00+08:00', bbox: '1,2,3,4' }
    expect(chipsOf(filter, ['light', 'open']).map(c => c.names[0])).toEqual(['within', 'light', 'closedFrom', 'bbox'])
  })

  it('means whole days of the county by days', () => {
    const filter = openedBetween(['2026-11-01', '2026-11-30'])
    expect(filter).toEqual({ openedFrom: '2026-11-01T00:00:00+08:00', openedTo: '2026-12-01T00:00:00+08:00' })
    expect(openedDays(filter)).toEqual(['2026-11-01', '2026-11-30'])
    expect(openedDays({ openedFrom: '2026-11-01T08:30:00+08:00', openedTo: filter.openedTo })).toBeNull()
  })
})
