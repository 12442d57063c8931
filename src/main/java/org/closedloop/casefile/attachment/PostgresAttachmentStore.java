package org.closedloop.casefile.attachment;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/**
 * Keeps attachments in PostgreSQL, cut into parts: one backup holds everything, and a file and its row are there
 * together or not at all. Reading fetches part by part and holds no connection in between, however slow the reader.
 */
@Component
class PostgresAttachmentStore implements AttachmentStore {

  static final int PART_BYTES = 256 * 1024;

  private final ContentMapper contents;

  PostgresAttachmentStore(ContentMapper contents) {
    this.contents = contents;
  }

  @Override
  public Stored put(String id, InputStream bytes) throws IOException {
    Digest digest = new Digest();
    long size = 0;
    byte[] part = bytes.readNBytes(PART_BYTES);
    for (int number = 0; part.length > 0; number++) {
      contents.add(id, number, part);
      digest.add(part, part.length);
      size += part.length;
      part = bytes.readNBytes(PART_BYTES);
    }
    return new Stored(size, digest.hex());
  }

  @Override
  public InputStream open(String id) {
    return new Parts(id);
  }

  @Override
  public void delete(String id) {
    contents.delete(id);
  }

  /** Reads one part after the other; a part shorter than the others is the last. */
  private final class Parts extends InputStream {
    private final String id;
    private byte[] part = new byte[PART_BYTES];
    private int at = PART_BYTES;
    private int next;

    Parts(String id) {
      this.id = id;
    }

    @Override
    public int read() throws IOException {
      return available(1) ? part[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!available(1)) {
        return -1;
      }
      int count = Math.min(length, part.length - at);
      System.arraycopy(part, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean available(int count) throws IOException {
      if (part.length - at >= count) {
        return true;
      }
      if (part.length < PART_BYTES) {
        return false;
      }
      ContentMapper.Part found = contents.part(id, next);
      if (found == null && next == 0) {
        throw new IOException("the bytes of attachment " + id + " are gone");
      }
      next++;
      part = found == null ? new byte[0] : found.bytes();
      at = 0;
      return part.length > 0;
    }
  }
}
