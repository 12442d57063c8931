import { describe, expect, it } from 'vitest'
import { filterOf, queryOf, WHOLE } from '@/lib/worklist/filter'

describe('a filter', () => {
  it('survives the address bar', () => {
    const wish = { ...WHOLE, scope: 'all' as const, light: 'red' as const, q: '井盖 & 路灯', area: '140929100' }
    expect(filterOf(Object.fromEntries(new URLSearchParams(queryOf(wish))))).toEqual(wish)
  })

  it('has a plain address when it narrows nothing', () => {
    expect(queryOf(WHOLE)).toEqual({})
  })

  it('reads nonsense as nothing', () => {
    expect(filterOf({ scope: 'everything', light: 'blue', sort: 'random', q: ['a', 'b'] as never })).toEqual(WHOLE)
  })
})
