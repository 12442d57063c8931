import { call } from '@/lib/api/client'
import type { Carrier } from '@/lib/outbox/outbox'

/** How reports go out, from the page and, when the page is closed, from its worker. */

export const OWNER = 'public'

export function publicCarriers(said: (e: unknown) => string): Record<string, Carrier<never>> {
  const photo: Carrier['photo'] = async (receipt, kept, progress) => {
    const form = new FormData()
    form.set('file', kept.file, kept.file.name)
    form.set('code', receipt.trackingCode)
    const stored = await call('post', '/api/public/reports/{number}/attachments', { path: { number: receipt.number }, body: form,
      key: kept.key, progress })
    return stored.id
  }
  return {
    'report': { photo, said, send: (body, key) => call('post', '/api/public/reports', { body, key }) },
    'me-too': { photo, said, send: (body, key) => call('post', '/api/public/reports/me-too', { body, key }) },
  }
}
