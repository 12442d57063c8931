import { shallowRef } from 'vue'
import { store, stored, storedNames, unstore } from './store'
import { newKey, NoAnswer, Problem } from '@/lib/api/client'
import type { KeptPhoto } from '@/lib/photos/photos'

/**
 * What somebody has sent and the line has not taken yet. It stands on the device, with its photos and the keys by which
 * the server knows a repetition, until the server has all of it: a tab closed, a phone switched off or two tabs at once
 * lose nothing and send nothing twice.
 */

export interface Receipt { number: string, trackingCode: string }

export interface Waiting<B = unknown> {
  /** Also the key by which the server knows it. */
  key: string
  /** Whose it is: nobody sends another's. */
  owner: string
  /** How it is sent. */
  kind: string
  title: string
  body: B
  photos: KeptPhoto[]
  receipt: Receipt | null
  /** What the server said when it refused it for good. */
  refused: string | null
  /** Photos that were refused for good, and why. */
  lost: string[]
  /** What the page needs to take it back into the form. */
  draft: unknown
  done: boolean
}

/** How one kind goes out. Throws what {@link call} throws. */
export interface Carrier<B = unknown> {
  send: (body: B, key: string) => Promise<Receipt>
  photo: (receipt: Receipt, photo: KeptPhoto, progress: (share: number) => void) => Promise<string>
  said: (e: unknown) => string
}

const NAME = 'outbox.'
/** What arrived is shown this long. */
const SHOWN = 12 * 3_600_000
/** Servers that are busy are asked again after this. */
const AGAIN = 15_000

/** How far the one that is going out is. */
export interface Going { key: string, photo: number, of: number, share: number }

export function useOutbox(owner: () => string, carriers: Record<string, Carrier<never>>) {
  const waiting = shallowRef<Waiting[]>([])
  const going = shallowRef<Going | null>(null)
  let running: Promise<void> | null = null
  let again: ReturnType<typeof setTimeout> | undefined

  async function read() {
    const all = await Promise.all((await storedNames(NAME)).map(n => stored<Waiting>(n)))
    for (const old of all.filter(w => w?.done && Date.now() - Number.parseInt(w.key, 36) > SHOWN)) {
      await unstore(NAME + old!.key)
    }
    waiting.value = all.filter(w => w !== undefined && w.owner === owner())
      .sort((a, b) => a!.key.localeCompare(b!.key)) as Waiting[]
  }

  async function save(w: Waiting) {
    await store(NAME + w.key, w)
    waiting.value = [...waiting.value.filter(o => o.key !== w.key), { ...w }].sort((a, b) => a.key.localeCompare(b.key))
  }

  /** Takes it; from now on it is sent, by this page or the next one that is opened. */
  async function put(kind: string, title: string, body: unknown, photos: KeptPhoto[], draft: unknown): Promise<string> {
    // the time in front: what was written first is sent first
    const key = `${Date.now().toString(36)}-${newKey()}`
    await save({ key, owner: owner(), kind, title, body: plain(body), photos, receipt: null, refused: null, lost: [],
      draft: plain(draft), done: false })
    return key
  }

  const find = (key: string) => waiting.value.find(w => w.key === key)

  async function take(key: string) {
    await unstore(NAME + key)
    waiting.value = waiting.value.filter(w => w.key !== key)
  }

  /** Sends what waits, one after the other; what cannot go now goes later by itself. */
  function deliver(): Promise<void> {
    if (running) {
      return running
    }
    const run: Promise<void> = Promise.resolve(navigator.locks ? navigator.locks.request('closedloop-outbox', deliverAll) : deliverAll()).finally(() => {
      running = null
      going.value = null
    })
    running = run
    return run
  }

  async function deliverAll() {
    clearTimeout(again)
    await read()
    for (const w of waiting.value.filter(o => !o.done && !o.refused)) {
      try {
        await deliverOne({ ...w })
      } catch {
        // no line, or a server that is busy: the rest would fare no better
        again = setTimeout(() => void deliver(), AGAIN)
        return
      }
    }
  }

  async function deliverOne(w: Waiting) {
    const carrier = carriers[w.kind] as Carrier | undefined
    if (!carrier) {
      return
    }
    going.value = { key: w.key, photo: 0, of: w.photos.length, share: 0 }
    if (!w.receipt) {
      try {
        w.receipt = await carrier.send(w.body, w.key)
      } catch (e) {
        if (passing(e)) {
          throw e
        }
        w.refused = carrier.said(e)
      }
      await save(w)
      if (w.refused) {
        return
      }
    }
    for (const [i, photo] of w.photos.entries()) {
      if (photo.id) {
        continue
      }
      const tell = (share: number) => {
        going.value = { key: w.key, photo: i + 1, of: w.photos.length, share }
      }
      tell(0)
      try {
        const id = await carrier.photo(w.receipt!, photo, tell)
        w.photos = w.photos.map(p => p === photo ? { ...p, id } : p)
      } catch (e) {
        if (passing(e)) {
          throw e
        }
        w.lost = [...w.lost, carrier.said(e)]
        w.photos = w.photos.map(p => p === photo ? { ...p, id: 'refused' } : p)
      }
      await save(w)
    }
    w.done = true
    await save(w)
  }

  const wake = () => {
    if (document.visibilityState === 'visible' && waiting.value.some(w => !w.done && !w.refused)) {
      void deliver()
    }
  }

  /** Looks what was left behind, and sends it whenever the line is back or the page is looked at. */
  function watch(): () => void {
    void read().then(wake)
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      clearTimeout(again)
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }

  return { waiting, going, put, find, take, deliver, watch, read }
}

/** Nothing is wrong with what was sent: the line is down, or the server is busy or restarting. */
export function passing(e: unknown): boolean {
  return e instanceof NoAnswer
    || e instanceof Problem && (e.status >= 500 || e.status === 429 || e.status === 401 || e.type === 'urn:closedloop:still-running')
}

/** What is watched by a page cannot be kept as it is. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
