import { beforeEach, describe, expect, it } from 'vitest'
import { lightOf, moment, officeTime, remaining } from '@/lib/clock'
import { locale } from '@/lib/i18n'

const at = Date.parse('2026-11-22T14:00:00+08:00')
const running = (due: string, warn: string | null, light: 'green' | 'yellow' | 'red' | 'grey' | 'none' = 'green') => ({ due, warn, light })

describe('a light', () => {
  it('turns yellow at its warning and red after its deadline, without the server being asked', () => {
    const clock = running('2026-11-22T18:00:00+08:00', '2026-11-22T16:00:00+08:00')
    expect(lightOf(clock, at)).toBe('green')
    expect(lightOf(clock, Date.parse('2026-11-22T16:00:00+08:00'))).toBe('yellow')
    expect(lightOf(clock, Date.parse('2026-11-22T18:00:00+08:00'))).toBe('yellow')
    expect(lightOf(clock, Date.parse('2026-11-22T18:00:01+08:00'))).toBe('red')
  })

  it('stays grey while its clock is stopped', () => {
    expect(lightOf(running('2026-11-21T18:00:00+08:00', null, 'grey'), at)).toBe('grey')
  })
})

describe('what is left', () => {
  beforeEach(() => {
    locale.value = 'zh-CN'
    officeTime(at)
  })

  it('is told in the two largest units', () => {
    expect(remaining('2026-11-25T18:30:00+08:00', at)).toBe('剩 3 天 4 小时')
    expect(remaining('2026-11-22T14:05:59+08:00', at)).toBe('剩 5 分钟')
    expect(remaining('2026-11-12T14:00:00+08:00', at)).toBe('10 天')
    expect(remaining('2026-11-22T12:00:00+08:00', at)).toBe('2 小时')
  })

  it('is told in English', () => {
    locale.value = 'en'
    return Promise.resolve().then(() => expect(remaining('2026-11-22T15:30:00+08:00', at)).toBe('1 h 30 min left'))
  })

  it('is dated in the office zone, with the year only where it is another', () => {
    expect(moment('2026-11-24T10:00:00Z')).toBe('11月24日 18:00')
    expect(moment('2024-12-31T16:30:00Z')).toContain('2025年1月1日 00:30')
  })
})
