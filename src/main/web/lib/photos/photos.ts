import { onScopeDispose, ref, shallowReactive } from 'vue'
import { isPdf, NotSendable, shrunk, type Fault } from './shrink'
import { call, newKey, NoAnswer, Problem } from '@/lib/api/client'
import { store, stored, unstore } from '@/lib/outbox/store'

/** Photos somebody chose and has not sent: shrunk at once, kept on the device, each sent once whatever the line does. */

export interface Photo {
  /** The key by which the server knows a repetition. */
  key: string
  file: File
  url: string
  state: 'preparing' | 'ready' | 'sending' | 'sent' | 'failed' | 'refused'
  progress: number
  fault: Fault | null
  /** What the server said when it refused it. */
  why: string
  /** Its id, once it is there. */
  id: string | null
}

/** As it is kept. */
export interface KeptPhoto { key: string, file: File, id: string | null }

const REPORTERS_MOST = 10 * 1024 * 1024

export interface PhotoRules { most: number, largest?: number, documents?: boolean }

/**
 * @param name  under which they are kept; they are back after a reload
 */
export function usePhotos(name: string, rules: PhotoRules) {
  const photos = ref<Photo[]>([])
  const restored = restore()

  async function restore() {
    const kept = await stored<KeptPhoto[]>(`photos.${name}`)
    photos.value = [...(kept ?? []).map(k => shown(k)), ...photos.value]
  }

  const keep = () => {
    const kept = photos.value.filter(p => p.state !== 'refused' && p.state !== 'preparing')
    return kept.length ? store(`photos.${name}`, kept.map(bare)) : unstore(`photos.${name}`)
  }

  /** @returns how many there was no room for */
  async function add(files: Iterable<File>): Promise<number> {
    await restored
    const all = [...files]
    const room = Math.max(0, rules.most - photos.value.length)
    const fresh = all.slice(0, room).map(file => shown({ key: newKey(), file, id: null }, 'preparing'))
    photos.value.push(...fresh)
    // one after the other: a phone has not the memory for ten at once; what is empty or small is told first
    for (const photo of [...fresh].sort((a, b) => a.file.size - b.file.size)) {
      await prepare(photo)
    }
    await keep()
    return all.length - fresh.length
  }

  async function prepare(photo: Photo) {
    try {
      const pdf = rules.documents && photo.file.size > 0 && await isPdf(photo.file)
      if (!pdf) {
        photo.file = await shrunk(photo.file, rules.largest ?? REPORTERS_MOST)
      }
      photo.state = 'ready'
    } catch (e) {
      photo.state = 'refused'
      photo.fault = e instanceof NotSendable ? e.fault : 'no-photo'
    }
  }

  async function drop(photo: Photo) {
    photos.value = photos.value.filter(p => p.key !== photo.key)
    URL.revokeObjectURL(photo.url)
    await keep()
  }

  /** They were sent, or given to somebody who sends them. */
  async function forget() {
    photos.value.forEach(p => URL.revokeObjectURL(p.url))
    photos.value = []
    await unstore(`photos.${name}`)
  }

  onScopeDispose(() => photos.value.forEach(p => URL.revokeObjectURL(p.url)))
  return { photos, restored, add, drop, keep, forget }
}

export const bare = (p: { key: string, file: File, id: string | null }): KeptPhoto => ({ key: p.key, file: p.file, id: p.id })

function shown(kept: KeptPhoto, state: Photo['state'] = kept.id ? 'sent' : 'ready'): Photo {
  return shallowReactive({ ...kept, url: URL.createObjectURL(kept.file), state, progress: 0, fault: null, why: '' })
}

/** Sends those that are not there yet, to a case. @returns whether all are there now */
export async function sendPhotos(photos: Photo[], number: string, kind: string, said: (e: unknown) => string,
  sent: (photo: Photo) => unknown = () => {}): Promise<boolean> {
  for (const photo of photos.filter(p => p.state === 'ready' || p.state === 'failed')) {
    photo.state = 'sending'
    photo.progress = 0
    const form = new FormData()
    form.set('file', photo.file)
    form.set('kind', kind)
    try {
      const stored = await call('post', '/api/cases/{number}/attachments', { path: { number }, body: form, key: photo.key,
        progress: share => {
          photo.progress = share
        } })
      photo.id = stored.id
      photo.state = 'sent'
      await sent(photo)
    } catch (e) {
      photo.state = e instanceof Problem && e.status < 500 && e.status !== 429 ? 'refused' : 'failed'
      photo.why = said(e)
      if (e instanceof NoAnswer) {
        break
      }
    }
  }
  return photos.every(p => p.state === 'sent')
}
