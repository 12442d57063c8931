import { computed, onUnmounted, ref, watch } from 'vue'
import { cases } from './outbox'
import { call } from '@/lib/api/client'
import type { Shape } from '@/lib/api/client'
import type { Place } from '@/lib/map/ground'
import type { MapWords } from '@/lib/map/shown'
import { t } from '@/lib/i18n'
import { bare, usePhotos } from '@/lib/photos/photos'
import { remembered } from '@/lib/remembered'
import { self } from '@/lib/session'

/** A case that an official registers: what is typed, what helps, and how it is sent. Kept until it was. */

export interface NewCase { process: string, channel: string, title: string, description: string, category: string, area: string,
  landmark: string, location: Place | null, urgency: string, name: string, phone: string, anonymous: boolean }

export type Help = Shape<'Report.Help'>

/** Posts that register cases; the server decides. */
export const mayRegister = computed(() => self.value!.posts.some(p => p !== 'designer' && p !== 'administrator'))

const RECENT = 5
const PHOTOS = 12

/** @param page  where it is written; each has its own draft */
export function useNewCase(page: string, first: Partial<NewCase>) {
  const blank = (): NewCase => ({ process: 'case-handling', channel: 'department', title: '', description: '', category: '', area: '',
    landmark: '', location: null, urgency: 'ordinary', name: '', phone: '', anonymous: false, ...first })
  const who = self.value!.username
  const draft = remembered<NewCase>(`newcase.${who}.${page}`, blank())
  draft.value = { ...blank(), ...draft.value }
  const recent = remembered<string[]>(`newcase.${who}.categories`, [])
  const photos = usePhotos(`newcase.${who}.${page}`, { most: PHOTOS, largest: 20 * 1024 * 1024 })
  const help = ref<Help | null>(null)
  const trouble = ref('')
  const sent = ref<string | null>(null)

  // what the server knows about it, while it is written
  let later: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const about = computed(() => [draft.value.title, draft.value.description, draft.value.category, draft.value.area, draft.value.location])
  watch(about, () => {
    clearTimeout(later)
    const d = draft.value
    const turn = ++asked
    if (d.title.trim().length < 4 && d.description.trim().length < 4) {
      help.value = null
      return
    }
    later = setTimeout(async () => {
      const found = await call('post', '/api/cases/help', { body: { title: titleOf(d), description: d.description,
        ...(d.category ? { category: d.category } : {}), ...(d.area ? { area: d.area } : {}), ...(d.location ? { location: d.location } : {}) } })
        .catch(() => null)
      if (found && turn === asked) {
        help.value = found
      }
    }, 500)
  }, { immediate: true, deep: true })
  onUnmounted(() => clearTimeout(later))

  /** Takes it for sending. @returns whether it was taken */
  async function send(answers: Record<string, unknown>, needs: { category: boolean }): Promise<boolean> {
    const d = draft.value
    trouble.value = !d.title.trim() && !d.description.trim() ? t('fresh.needTitle')
      : needs.category && !d.category ? t('fresh.needCategory')
        : !d.area ? t('fresh.needArea')
          : photos.photos.value.some(p => p.state === 'preparing') ? t('fresh.wait') : ''
    if (trouble.value) {
      return false
    }
    const reporter = d.anonymous || !d.name.trim() && !d.phone.trim() ? { anonymous: true }
      : { ...(d.name.trim() ? { name: d.name.trim() } : {}), ...(d.phone.trim() ? { phone: d.phone.trim() } : {}), anonymous: false }
    const body = { process: d.process, channel: d.channel, title: titleOf(d), description: d.description.trim(), area: d.area,
      urgency: d.urgency, reporter, ...(d.category ? { category: d.category } : {}), ...(d.location ? { location: d.location } : {}), answers }
    const ready = photos.photos.value.filter(p => p.state === 'ready').map(bare)
    sent.value = await cases.put('case', body.title, body, ready, d)
    if (d.category) {
      recent.value = [d.category, ...recent.value.filter(c => c !== d.category)].slice(0, RECENT)
    }
    // the next one is likely from the same place and through the same channel
    draft.value = { ...blank(), area: d.area, channel: d.channel, process: d.process }
    await photos.forget()
    help.value = null
    void cases.deliver()
    return true
  }

  /** Takes one that was refused back into the form. */
  async function mend(key: string) {
    const w = cases.find(key)
    if (w) {
      draft.value = { ...blank(), ...w.draft as NewCase }
      await photos.add(w.photos.map(p => p.file))
      await cases.take(key)
      sent.value = null
    }
  }

  return { draft, recent, photos, help, trouble, sent, send, mend, most: PHOTOS }
}

/** Without a title of its own, the first sentence is one. */
function titleOf(d: NewCase): string {
  const own = d.title.trim() || d.description.trim().split(/[。！？!?\n；;]/)[0]!.trim()
  return [...own].length > 100 ? `${[...own].slice(0, 99).join('')}…` : own
}

export const mapWords = (): MapWords => ({ label: t('fresh.mapLabel'), zoomIn: t('fresh.zoomIn'), zoomOut: t('fresh.zoomOut'),
  whole: t('fresh.whole'), place: t('fresh.mapPlace'), pick: t('fresh.mapPick'), noGround: t('fresh.noGround') })
