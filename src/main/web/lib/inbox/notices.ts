import { computed, ref, watch } from 'vue'
import { unread } from './unread'
import { call, type Shape } from '../api/client'
import { day, now } from '../clock'
import { locale, t } from '../i18n'
import { usePages, type PageOf } from '../list/pages'

/** One's own notices as a list that one reads, day by day; what comes while one looks is read as soon as it is counted. */

export type Notice = Omit<Shape<'Inbox.Item'>, 'case' | 'caseTitle' | 'readAt'> & {
  case: string | null, caseTitle: string | null, readAt: string | null
}

type NoticePage = PageOf<Notice> & { counts: { unread: number } }

const PAGE = 50

export function useNotices() {
  const onlyUnread = ref(false)
  const { items, next, state, trouble, again, refresh, loadMore } = usePages(
    (after, signal) => call('get', '/api/notices', { query: { unread: onlyUnread.value, limit: PAGE, after }, signal }) as Promise<NoticePage>,
    { by: n => n.id, told: page => (unread.value = page.counts.unread) })

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
      void refresh()
    }
  }

  async function readAll() {
    const newest = items.value[0]?.id
    if (newest !== undefined) {
      unread.value = (await call('post', '/api/notices/read', { body: { all: true, upTo: newest } as never })).counts.unread
      await refresh()
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
  watch([onlyUnread, locale], again, { immediate: true })
  watch(unread, (count, before) => count > before && void refresh())

  return { items, days, next, state, trouble, onlyUnread, again, loadMore, read, readAll }
}

function dayName(at: string): string {
  const date = day(at)
  return date === day(new Date(now.value).toISOString()) ? t('inbox.today')
    : date === day(new Date(now.value - 24 * 3_600_000).toISOString()) ? t('inbox.yesterday') : date
}
