import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { unread } from './unread'
import { call, type Shape } from '../api/client'
import { day, now } from '../clock'
import { locale, t } from '../i18n'

/** One's own notices as a list that one reads, day by day; what comes while one looks is read as soon as it is counted. */

export type Notice = Omit<Shape<'Inbox.Item'>, 'case' | 'caseTitle' | 'readAt'> & {
  case: string | null, caseTitle: string | null, readAt: string | null
}

const PAGE = 50

export function useNotices() {
  const onlyUnread = ref(false)
  const items = shallowRef<Notice[]>([])
  const next = ref<string | null>(null)
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const trouble = ref<unknown>(null)
  let turn = 0

  async function load() {
    const mine = ++turn
    state.value = items.value.length ? state.value : 'loading'
    try {
      const page = await call('get', '/api/notices', { query: { unread: onlyUnread.value, limit: PAGE } })
      if (mine === turn) {
        items.value = page.items as Notice[]
        next.value = page.next
        unread.value = page.counts.unread
        state.value = 'ready'
      }
    } catch (e) {
      if (mine === turn && !items.value.length) {
        trouble.value = e
        state.value = 'error'
      }
    }
  }

  async function more() {
    const mine = turn
    const page = await call('get', '/api/notices', { query: { unread: onlyUnread.value, limit: PAGE, after: next.value! } })
    if (mine === turn) {
      const known = new Set(items.value.map(n => n.id))
      items.value = items.value.concat((page.items as Notice[]).filter(n => !known.has(n.id)))
      next.value = page.next
    }
  }

  function put(changed: Notice) {
    items.value = items.value.map(n => n.id === changed.id ? changed : n)
  }

  /** Seen at once, told the server at once; where that fails the next reading brings it back as unread. */
  async function read(notice: Notice) {
    if (notice.readAt) {
      return
    }
    put({ ...notice, readAt: new Date(now.value).toISOString() })
    unread.value = Math.max(0, unread.value - 1)
    try {
      put(await call('post', '/api/notices/{id}/read', { path: { id: notice.id as never } }) as Notice)
    } catch {
      void load()
    }
  }

  async function readAll() {
    const newest = items.value[0]?.id
    if (newest !== undefined) {
      unread.value = (await call('post', '/api/notices/read', { body: { all: true, upTo: newest } as never })).counts.unread
      await load()
    }
  }

  /** 今天, 昨天, then dates. */
  const days = computed(() => {
    const groups: { day: string, notices: Notice[] }[] = []
    for (const notice of items.value) {
      const name = dayName(notice.at)
      if (groups[groups.length - 1]?.day !== name) {
        groups.push({ day: name, notices: [] })
      }
      groups[groups.length - 1]!.notices.push(notice)
    }
    return groups
  })

  // the words of notices come from the server
  watch([onlyUnread, locale], () => {
    items.value = []
    void load()
  }, { immediate: true })
  watch(unread, (count, before) => count > before && void load())
  onScopeDispose(() => turn++)

  return { items, days, next, state, trouble, onlyUnread, load, more, read, readAll }
}

function dayName(at: string): string {
  const date = day(at)
  return date === day(new Date(now.value).toISOString()) ? t('inbox.today')
    : date === day(new Date(now.value - 24 * 3_600_000).toISOString()) ? t('inbox.yesterday') : date
}
