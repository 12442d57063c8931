import { usePages as useList, type PageOf } from '@/lib/list/pages'

/** A list of administration, page by page; where its next page cannot be read, it says so in its place. */
export function usePages<T>(read: (after: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>) {
  const list = useList(read)
  const loadMore = () => list.loadMore().catch(e => {
    list.trouble.value = e
    list.state.value = 'error'
  })
  return { ...list, loadMore }
}
