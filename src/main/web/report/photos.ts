/** Pictures as they are sent: no larger than somebody needs to see what is wrong. */

const LONGEST = 2000
const SMALL = 700_000

/** What cannot be read as a picture goes as it is; the server says why it refuses it. */
export async function shrunk(file: File): Promise<File> {
  if (file.size < SMALL) {
    return file
  }
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', 0.85))
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file
  } catch {
    return file
  }
}
