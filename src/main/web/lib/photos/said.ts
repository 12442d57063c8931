/** The words with which photos are asked for; each page gives them in its own way, the reporters' page without vue-i18n. */
export interface PhotoWords {
  /** What these photos are of. */
  label: string
  add: string
  remove: (n: number) => string
  retry: string
  preparing: string
  sending: (percent: number) => string
  sent: string
  failed: string
  fault: Record<'empty' | 'no-photo' | 'too-big', string>
  tooMany: (most: number) => string
}
