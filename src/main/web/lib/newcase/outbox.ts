import { call } from '@/lib/api/client'
import { useOutbox } from '@/lib/outbox/outbox'
import { self } from '@/lib/session'
import { inWords } from '@/lib/worklist/acts'

/** Cases officials register, on their way; each person's own. Sent when the line is back, by whatever page is open. */
export const cases = useOutbox(() => self.value?.username ?? '', {
  case: {
    send: (body, key) => call('post', '/api/cases', { body, key }),
    photo: async (receipt, kept, progress) => {
      const form = new FormData()
      form.set('file', kept.file, kept.file.name)
      form.set('kind', 'before')
      return (await call('post', '/api/cases/{number}/attachments', { path: { number: receipt.number }, body: form, key: kept.key,
        progress })).id
    },
    said: inWords,
  },
})
