/**
 * Photos as they are sent: no larger than somebody needs to see what is wrong, upright whichever way the phone was held.
 * What is no photo is found out here, before it crosses a slow line.
 */

const LONGEST = 2000
/** Below this a photo is sent as it is. */
const SMALL = 700_000

/** Why a file cannot be sent: nothing in it, or no photo whatever it is called. */
export type Fault = 'empty' | 'no-photo' | 'too-big'

export class NotSendable extends Error {
  constructor(readonly fault: Fault) {
    super(fault)
  }
}

/**
 * @param most how large it may be once it is shrunk, in bytes
 * @throws NotSendable when it is no photo
 */
export async function shrunk(file: File, most: number): Promise<File> {
  if (!file.size) {
    throw new NotSendable('empty')
  }
  if (!await isPhoto(file)) {
    throw new NotSendable('no-photo')
  }
  const known = await isSendable(file)
  const small = known && file.size < SMALL ? file : await compressed(file, !known)
  if (small.size > most) {
    throw new NotSendable('too-big')
  }
  return small
}

/** Whether the beginning of a file is that of a PDF. */
export async function isPdf(file: Blob): Promise<boolean> {
  return await start(file, 4) === '%PDF'
}

/** The name says nothing: what the browser can paint is a photo. */
async function isPhoto(file: File): Promise<boolean> {
  const url = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    return !/^<|^\s/.test(await start(file, 1))
  } catch {
    return false
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** JPEG or PNG, by its beginning; what else a browser can paint is made one of them. */
async function isSendable(file: Blob): Promise<boolean> {
  return /^(\xff\xd8\xff|\x89PNG)/.test(await start(file, 4))
}

async function start(file: Blob, length: number): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await file.slice(0, length).arrayBuffer()))
}

/** @param anyway also where it grows by it */
async function compressed(file: File, anyway: boolean): Promise<File> {
  const { default: Compressor } = await import('compressorjs')
  const blob = await new Promise<Blob>((done, fail) => new Compressor(file, { quality: 0.82, maxWidth: LONGEST, maxHeight: LONGEST,
    mimeType: 'image/jpeg', success: done, error: fail })).catch(() => {
    throw new NotSendable('no-photo')
  })
  return anyway || blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file
}
