import { expect, it } from 'vitest'
import { learnSounds, sounds } from '@/lib/pinyin'

it('finds a Chinese name by its letters at once, and by its sounds when they are read', async () => {
  expect(sounds('岢岚县公安局', '公安')).toBe(true)
  learnSounds()
  await import('pinyin-match')
  await Promise.resolve()
  for (const typed of ['gaj', 'gongan', 'GA', '']) {
    expect(sounds('岢岚县公安局', typed), typed).toBe(true)
  }
  expect(sounds('岢岚县公安局', 'slj')).toBe(false)
})
