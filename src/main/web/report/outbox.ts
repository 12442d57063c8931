import { watch } from 'vue'
import { OWNER, publicCarriers } from './carriers'
import { keepReport, kept } from './kept'
import { officeNow } from './office'
import { said } from './words'
import { useOutbox } from '@/lib/outbox/outbox'

/** Reports on their way. What arrived stands among the reports of this device. */

export const outbox = useOutbox(() => OWNER, publicCarriers(said))

watch(outbox.waiting, all => all.forEach(w => {
  if (w.receipt && !kept.value.some(k => k.number === w.receipt!.number)) {
    keepReport({ number: w.receipt.number, code: w.receipt.trackingCode, title: w.title, at: officeNow() })
  }
}))

/** The worker sends when the line is back, also when no page is open; where the browser knows such a thing. */
export async function sendLater() {
  const worker = await navigator.serviceWorker?.getRegistration() as
    { sync?: { register: (tag: string) => Promise<void> } } | undefined
  await worker?.sync?.register('outbox').catch(() => {})
}
