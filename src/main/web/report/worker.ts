import { OWNER, publicCarriers } from './carriers'
import { Problem } from '@/lib/api/client'
import { useOutbox } from '@/lib/outbox/outbox'

/**
 * Stands behind the reporters' page: opens it without a line, from what it was when there was one, and sends what waits
 * when the line is back and no page is open. Keeps nothing that is anybody's: the page itself, its scripts, the names of
 * areas and the county's outline.
 */
const worker = self as unknown as ServiceWorkerGlobalScope
interface ServiceWorkerGlobalScope {
  addEventListener: (kind: string, act: (event: WorkerEvent) => void) => void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void>, matchAll: () => Promise<unknown[]> }
  location: Location
}
interface WorkerEvent { request: Request, tag: string, waitUntil: (p: Promise<unknown>) => void, respondWith: (p: Promise<Response>) => void }

const CACHE = 'closedloop-report'
const PAGE = '/report'
const LISTS = ['/api/public/areas', '/api/public/map']
/** A line slower than this is treated as none, where there is something to show instead. */
const PATIENCE = 4000

const cache = () => caches.open(CACHE)

worker.addEventListener('install', e => e.waitUntil((async () => {
  await keepPage(await fetch(PAGE, { cache: 'reload' }))
  const c = await cache()
  await Promise.all(LISTS.map(l => c.add(l).catch(() => {})))
  await worker.skipWaiting()
})()))

worker.addEventListener('activate', e => e.waitUntil(worker.clients.claim()))

worker.addEventListener('fetch', e => {
  const url = new URL(e.request.url)
  if (e.request.method !== 'GET' || url.origin !== worker.location.origin) {
    return
  }
  if (e.request.mode === 'navigate') {
    e.respondWith(page(e.request))
  } else if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg') {
    e.respondWith(asset(e.request))
  } else if (LISTS.includes(url.pathname)) {
    e.respondWith(list(e.request))
  }
})

worker.addEventListener('sync', e => {
  if (e.tag === 'outbox') {
    e.waitUntil(sendWaiting())
  }
})

async function page(request: Request): Promise<Response> {
  const before = await (await cache()).match(PAGE)
  try {
    const fresh = await patient(fetch(request), before !== undefined)
    if (fresh.ok) {
      await keepPage(fresh.clone())
    }
    return fresh.status >= 500 && before ? before : fresh
  } catch (e) {
    if (before) {
      return before
    }
    throw e
  }
}

/** The page and what it begins with. When it is another than before, the files of the old one go. */
async function keepPage(fresh: Response) {
  const c = await cache()
  const text = await fresh.clone().text()
  if (await (await c.match(PAGE))?.text() === text) {
    return
  }
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(m => m[1]!)
  const old = (await c.keys()).filter(k => !files.includes(new URL(k.url).pathname) && !LISTS.includes(new URL(k.url).pathname))
  await Promise.all(files.map(f => c.add(f)))
  await c.put(PAGE, fresh)
  await Promise.all(old.filter(k => new URL(k.url).pathname !== PAGE).map(k => c.delete(k)))
}

/** Its name says what is in it: once here, it is never asked for again. */
async function asset(request: Request): Promise<Response> {
  const c = await cache()
  const here = await c.match(request)
  if (here) {
    return here
  }
  const fresh = await fetch(request)
  if (fresh.ok) {
    await c.put(request, fresh.clone())
  }
  return fresh
}

async function list(request: Request): Promise<Response> {
  const c = await cache()
  const before = await c.match(request.url)
  try {
    const fresh = await patient(fetch(request), before !== undefined)
    if (fresh.ok) {
      await c.put(request.url, fresh.clone())
    }
    return fresh
  } catch (e) {
    if (before) {
      return before
    }
    throw e
  }
}

function patient(asked: Promise<Response>, impatient: boolean): Promise<Response> {
  return impatient ? Promise.race([asked, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('slow')), PATIENCE))]) : asked
}

/** A page that is open does it itself, and shows how far it is. */
async function sendWaiting() {
  if ((await worker.clients.matchAll()).length) {
    return
  }
  const outbox = useOutbox(() => OWNER, publicCarriers(e => e instanceof Problem ? e.detail : ''))
  await outbox.deliver()
  if (outbox.waiting.value.some(w => !w.done && !w.refused)) {
    // tells the browser to try once more
    throw new Error('not all went out')
  }
}
