import { afterEach, describe, expect, it, vi } from 'vitest'
import { address, call, logIn, NoAnswer, Problem, surround } from '@/lib/api/client'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers })

afterEach(() => vi.unstubAllGlobals())

describe('a call', () => {
  it('fills the address and leaves out what was not asked', () => {
    expect(address('/api/cases/{number}', { number: '01/2' }, { q: '', light: 'red', after: undefined })).toBe('/api/cases/01%2F2?light=red')
  })

  it('waits for a log-in when the session has ended, and is then made once more', async () => {
    const asked = vi.fn()
      .mockResolvedValueOnce(answer(401, { type: 'urn:closedloop:unauthenticated', detail: '请先登录。' }))
      .mockResolvedValueOnce(answer(200, { username: 'dispatcher1' }))
    vi.stubGlobal('fetch', asked)
    const loggedOut = vi.fn(() => Promise.resolve())
    surround({ loggedOut })
    expect((await call('get', '/api/me')).username).toBe('dispatcher1')
    expect(loggedOut).toHaveBeenCalledOnce()
  })

  it('tries once more with the token that a refusal for want of one brings', async () => {
    const asked = vi.fn()
      .mockResolvedValueOnce(answer(403, { type: 'urn:closedloop:csrf' }))
      .mockResolvedValueOnce(answer(200, { id: 'x' }))
    vi.stubGlobal('fetch', asked)
    await call('post', '/api/work-items/{id}/claim', { path: { id: 'x' } })
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('says what the server found wrong', async () => {
    vi.stubGlobal('fetch', vi.fn().mockResolvedValue(answer(422, { type: 'urn:closedloop:invalid-input', detail: '请改正',
      errors: [{ field: 'answers.note', message: '太长' }] })))
    const failed = await call('get', '/api/me').catch((e: unknown) => e)
    expect(failed).toBeInstanceOf(Problem)
    expect((failed as Problem).errors[0].field).toBe('answers.note')
  })

  it('tells a line that is down from a server that refuses', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
    await expect(call('get', '/api/me')).rejects.toBeInstanceOf(NoAnswer)
    await expect(logIn('a', 'b')).rejects.toBeInstanceOf(NoAnswer)
  })

  it('passes on what time it is in the office', async () => {
    const officeTime = vi.fn()
    surround({ officeTime })
    vi.stubGlobal('fetch', vi.fn().mockResolvedValue(answer(200, {}, { 'Office-Time': '1795325048475' })))
    await call('get', '/api/me')
    expect(officeTime).toHaveBeenCalledWith(1795325048475)
  })
})
