import { self } from '../session'
import { storedNames, unstore } from '@/lib/outbox/store'
import { usePhotos, type Photo } from '@/lib/photos/photos'

/** Photos of forms: kept by person, draft and field, and found again by the file that is to be sent. */

const LARGEST = 20 * 1024 * 1024
const owned = new WeakMap<File, { photo: Photo, keep: () => Promise<unknown> }>()
let adding: Promise<unknown> = Promise.resolve()

const name = (draft: string) => `form.${self.value?.username}.${draft}.`

export function fieldPhotos(draft: string, field: string, most: number, documents: boolean) {
  const kept = usePhotos(name(draft) + field, { most, documents, largest: LARGEST })
  const know = () => kept.photos.value.forEach(photo => owned.set(photo.file, { photo, keep: kept.keep }))
  void kept.restored.then(know)
  const add = async (files: Iterable<File>) => {
    const many = await kept.add(files)
    know()
    return many
  }
  return { ...kept, add }
}

/** A form that is sent while photos are still being made ready waits for them. */
export function whileAdding<T>(work: Promise<T>): Promise<T> {
  adding = Promise.allSettled([adding, work])
  return work
}

export const photosReady = () => adding

export const photoOf = (file: File) => owned.get(file)

/** The answers were sent. */
export async function forgetPhotos(draft: string) {
  for (const n of await storedNames(`photos.${name(draft)}`)) {
    await unstore(n)
  }
}
