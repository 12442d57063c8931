import { describe, expect, it, vi } from 'vitest'
import { NoAnswer, Problem } from '@/lib/api/client'
import { useOutbox, type Carrier } from '@/lib/outbox/outbox'

const receipt = { number: '01-1', trackingCode: 'ABC' }
const photo = (key: string) => ({ key, file: new File(['x'], `${key}.jpg`), id: null })

function outbox(carrier: Partial<Carrier>) {
  const whole: Carrier = { send: vi.fn(() => Promise.resolve(receipt)), photo: vi.fn(() => Promise.resolve('id')), said: e => (e as Error).message, ...carrier }
  const name = Math.random().toString()
  return { ...useOutbox(() => name, { report: whole as Carrier<never> }), carrier: whole }
}

describe('what waits to be sent', () => {
  it('keeps its key until the server answers, and then is done', async () => {
    const send = vi.fn().mockRejectedValueOnce(new NoAnswer()).mockResolvedValue(receipt)
    const { put, deliver, find } = outbox({ send })
    const key = await put('report', '路灯', { title: '路灯' }, [], {})
    await deliver()
    expect(find(key)!.receipt).toBeNull()
    await deliver()
    expect(find(key)!.done).toBe(true)
    expect(send.mock.calls.map(c => c[1])).toEqual([key, key])
    await deliver()
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('sends each photo until it is there, and none again', async () => {
    const sent = vi.fn().mockResolvedValueOnce('1').mockRejectedValueOnce(new NoAnswer()).mockResolvedValue('2')
    const { put, deliver, find, carrier } = outbox({ photo: sent })
    const key = await put('report', '路灯', {}, [photo('a'), photo('b')], {})
    await deliver()
    await deliver()
    expect(find(key)!.done).toBe(true)
    expect(carrier.send).toHaveBeenCalledTimes(1)
    expect(sent.mock.calls.map(c => (c[1] as { key: string }).key)).toEqual(['a', 'b', 'b'])
  })

  it('gives back what was refused for good, and waits for a server that is busy', async () => {
    const refusing = outbox({ send: vi.fn().mockRejectedValue(new Problem(422, '', '请写标题')) })
    const key = await refusing.put('report', '路灯', {}, [], { text: '路灯' })
    await refusing.deliver()
    expect(refusing.find(key)).toMatchObject({ refused: '请写标题', draft: { text: '路灯' } })
    const busy = outbox({ send: vi.fn().mockRejectedValue(new Problem(429, '', '')) })
    const waiting = await busy.put('report', '路灯', {}, [], {})
    await busy.deliver()
    expect(busy.find(waiting)).toMatchObject({ refused: null, done: false })
  })

  it('goes on without a photo that the server does not take, and says so', async () => {
    const { put, deliver, find } = outbox({ photo: vi.fn().mockRejectedValue(new Problem(422, '', '不是照片')) })
    const key = await put('report', '路灯', {}, [photo('a')], {})
    await deliver()
    expect(find(key)).toMatchObject({ done: true, lost: ['不是照片'] })
  })
})
