package org.closedloop.casefile.attachment;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the bytes of attachments lie. A small port, so that an object store can take the place of the database: bytes
 * go in once, are never changed, and come out as a stream; nobody holds a whole file in memory.
 */
public interface AttachmentStore {

  /** What was stored: bytes, and their SHA-256 in hex. */
  record Stored(long size, String sha256) {}

  /** Stores the stream to its end under a new id; does not close it. Part of the caller's transaction if it can be. */
  Stored put(String id, InputStream bytes) throws IOException;

  /** A stream of the bytes; reading ends with an IOException when they are gone. */
  InputStream open(String id);

  /** Forgets the bytes; nothing happens when there are none. */
  void delete(String id);
}
