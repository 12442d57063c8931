import { computed, onScopeDispose, ref } from 'vue'
import { file, NoAnswer } from '../api/client'

/** A list taken away as a file: how far it is, and the file saved under the name the server gave it. */

export type Format = 'xlsx' | 'csv'
type Exported = '/api/cases/export' | '/api/work-items/export' | '/api/scorecards/export'

export function useExport(path: Exported) {
  const running = ref(false)
  const rows = ref(0)
  const bytes = ref(0)
  let asked: AbortController | null = null

  /** How many rows it had; null when it was given up. @throws Problem, NoAnswer */
  async function take(query: Record<string, unknown>, format: Format): Promise<number | null> {
    if (running.value) {
      return null
    }
    running.value = true
    rows.value = bytes.value = 0
    asked = new AbortController()
    try {
      const answer = await file(path, { query: { ...query, format } as never, signal: asked.signal })
      rows.value = Number(answer.headers.get('Export-Rows')) || 0
      save(await read(answer), name(answer) ?? `export.${format}`)
      return rows.value
    } catch (e) {
      if (asked.signal.aborted) {
        return null
      }
      // a line that broke half-way says so in a way of its own in every browser
      throw e instanceof TypeError ? new NoAnswer() : e
    } finally {
      running.value = false
    }
  }

  async function read(answer: Response): Promise<Blob> {
    const parts: BlobPart[] = []
    const reader = answer.body!.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value)
      bytes.value += part.value.length
    }
    return new Blob(parts, { type: answer.headers.get('Content-Type') ?? '' })
  }

  const giveUp = () => asked?.abort()
  onScopeDispose(giveUp)
  return { running, rows, size: computed(() => (bytes.value / 1_048_576).toFixed(1)), take, giveUp }
}

function name(answer: Response): string | null {
  const said = answer.headers.get('Content-Disposition')?.match(/filename\*=UTF-8''([^;]+)/)?.[1]
  return said ? decodeURIComponent(said) : null
}

function save(content: Blob, as: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = as
  link.click()
  // the browser needs the address a little longer than the click lasts
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
