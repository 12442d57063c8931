import { remembered } from '@/lib/remembered'

/** What was reported from this device: the reporter need not write the code down. */
export interface Kept { number: string, code: string, title: string, at: string }

export const kept = remembered<Kept[]>('reported', [])

export function keepReport(report: Kept) {
  kept.value = [report, ...kept.value.filter(k => k.number !== report.number)].slice(0, 30)
}
