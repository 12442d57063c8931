import type { components, paths } from './schema'

/**
 * The one way to the server. Calls are checked against the API's description: an address, a parameter or a member that
 * does not exist does not compile. Sends the token against forged requests, the language and, where asked, a key by
 * which a repetition is known; turns every refusal into a {@link Problem}.
 */

type Verb = 'get' | 'post' | 'put' | 'delete'
type Operation<P extends keyof paths, V extends Verb> = NonNullable<paths[P][V]>
export type PathOf<V extends Verb> = { [P in keyof paths]: paths[P][V] extends { responses: unknown } ? P : never }[keyof paths]
type Json<C> = C extends { content: { 'application/json': infer B } } ? B : never
type Answers<O> = O extends { responses: infer R }
  ? R extends { 200: infer A } ? Json<A> : R extends { 201: infer A } ? Json<A> : void : never
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never
type Params<O> = O extends { parameters: { path: infer Q } } ? Q : undefined
type Body<O> = O extends { requestBody: infer B } ? Json<B> : O extends { requestBody?: infer B } ? Json<NonNullable<B>> : undefined

/** What the server sends is whole: a member that may be missing is null, and says so where it is used. */
export type Whole<T> = T extends (infer E)[] ? Whole<E>[]
  : T extends (...args: never[]) => unknown ? T
    : T extends object ? { [K in keyof T]-?: Whole<NonNullable<T[K]>> } : T
export type Shape<N extends keyof components['schemas']> = Whole<components['schemas'][N]>

export interface Options<O> {
  path?: Params<O>
  query?: Query<O>
  body?: Body<O> | FormData
  /** The same for every try of the same wish; the server then does it once. */
  key?: string
  signal?: AbortSignal
  /** Told how much of the body has left, 0 to 1; for files. */
  progress?: (share: number) => void
}

export interface FieldProblem { field: string, message: string }

/** The server refused: `detail` says what is wrong and how to mend it, in the language of the page. */
export class Problem extends Error {
  constructor(readonly status: number, readonly type: string, readonly detail: string,
    readonly errors: FieldProblem[] = []) {
    super(detail)
  }
}

/** No answer came: the line is down or the server is not there. Nothing is known of what was sent. */
export class NoAnswer extends Error {}

interface Surroundings {
  language: () => string
  /** Somebody has to log in (again); resolves when that is done, and the call is made once more. */
  loggedOut: () => Promise<void>
  /** What time it is in the office, in milliseconds since 1970. */
  officeTime: (millis: number) => void
  /** Whether the last call got through. */
  line: (up: boolean) => void
}

const LONGEST_WAIT = 30_000

const surroundings: Surroundings = {
  language: () => 'zh-CN',
  loggedOut: () => Promise.reject(new Problem(401, 'urn:closedloop:unauthenticated', '')),
  officeTime: () => {},
  line: () => {},
}

export function surround(with_: Partial<Surroundings>) {
  Object.assign(surroundings, with_)
}

export async function call<V extends Verb, P extends PathOf<V>>(verb: V, path: P,
  options: Options<Operation<P, V>> = {}): Promise<Whole<Answers<Operation<P, V>>>> {
  const response = await send(verb, address(path as string, options.path as Record<string, string> | undefined,
    options.query as Record<string, unknown> | undefined), options)
  return (response.status === 204 ? undefined : await response.json()) as Whole<Answers<Operation<P, V>>>
}

/** A file the server makes, as it comes. */
export function file<P extends PathOf<'get'>>(path: P, options: Options<Operation<P, 'get'>>): Promise<Response> {
  return send('get', address(path as string, undefined, options.query as Record<string, unknown> | undefined), options)
}

export function address(path: string, params?: Record<string, string>, query?: Record<string, unknown>): string {
  const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      search.set(name, String(value))
    }
  }
  return search.size ? `${filled}?${search}` : filled
}

async function send(verb: string, url: string, options: Pick<Options<unknown>, 'key' | 'signal' | 'progress'> & { body?: unknown },
  again = false): Promise<Response> {
  const response = await reach(url, {
    method: verb.toUpperCase(),
    headers: headers(options.body, options.key),
    body: options.body === undefined ? undefined
      : options.body instanceof FormData ? options.body : JSON.stringify(options.body),
    signal: options.signal,
  }, options.progress)
  const time = Number(response.headers.get('Office-Time'))
  if (time) {
    surroundings.officeTime(time)
  }
  if (response.ok) {
    return response
  }
  const problem = await read(response)
  if (response.status === 401) {
    await surroundings.loggedOut()
    return send(verb, url, options, again)
  }
  if (problem.type === 'urn:closedloop:csrf' && !again) {
    // the answer just brought a fresh token
    return send(verb, url, options, true)
  }
  throw problem
}

/** Posts the log-in form. @throws Problem 401 when name or password is wrong, 429 after too many tries */
export async function logIn(username: string, password: string): Promise<void> {
  await form('/login', new URLSearchParams({ username, password }))
}

export async function logOut(): Promise<void> {
  await form('/logout', new URLSearchParams())
}

async function form(url: string, body: URLSearchParams) {
  const post = () => reach(url, { method: 'POST', headers: headers(undefined), body })
  let response = await post()
  if (response.status === 403) {
    response = await post()
  }
  if (!response.ok) {
    throw await read(response)
  }
}

async function reach(url: string, init: RequestInit, progress?: (share: number) => void): Promise<Response> {
  try {
    // a service worker has no XMLHttpRequest, and nobody who looks on
    const response = progress && 'XMLHttpRequest' in globalThis ? await watched(url, init, progress)
      : await fetch(url, { credentials: 'same-origin', ...init, signal: patient(init) })
    surroundings.line(true)
    return response
  } catch (e) {
    if (init.signal?.aborted) {
      throw e
    }
    surroundings.line(false)
    throw new NoAnswer()
  }
}

/** `fetch` does not tell how much was sent; this does. */
function watched(url: string, init: RequestInit, progress: (share: number) => void): Promise<Response> {
  return new Promise((answer, fail) => {
    const request = new XMLHttpRequest()
    request.open(init.method!, url)
    Object.entries(init.headers as Record<string, string>).forEach(([name, value]) => value && request.setRequestHeader(name, value))
    request.upload.onprogress = e => e.lengthComputable && progress(e.loaded / e.total)
    request.onload = () => answer(new Response(request.status === 204 ? null : request.responseText, { status: request.status,
      headers: { 'Office-Time': request.getResponseHeader('Office-Time') ?? '' } }))
    request.onerror = request.onabort = () => fail(new TypeError('no answer'))
    init.signal?.addEventListener('abort', () => request.abort())
    request.send(init.body as FormData)
  })
}

/** Who only reads does not wait for ever on a line that hangs. What is sent may take its time, and browsers may not know how. */
function patient(init: RequestInit): AbortSignal | null | undefined {
  if (init.method !== 'GET' || !('any' in AbortSignal)) {
    return init.signal
  }
  return AbortSignal.any([AbortSignal.timeout(LONGEST_WAIT), ...(init.signal ? [init.signal] : [])])
}

function headers(body: unknown, key?: string): Record<string, string> {
  return {
    'Accept': 'application/json, application/problem+json',
    'Accept-Language': surroundings.language(),
    'X-XSRF-TOKEN': cookie('XSRF-TOKEN'),
    ...(body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
    ...(key ? { 'Idempotency-Key': key } : {}),
  }
}

function cookie(name: string): string {
  const found = globalThis.document?.cookie.split('; ').find(c => c.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

async function read(response: Response): Promise<Problem> {
  try {
    const p = await response.json() as Partial<Problem>
    return new Problem(response.status, p.type ?? '', p.detail ?? '', p.errors ?? [])
  } catch {
    return new Problem(response.status, '', '')
  }
}

/** A key for one wish. Not `crypto.randomUUID`: that is missing where a page came over plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('')
}
