package org.closedloop.casefile.attachment.gate;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file as it was sent: the name the sender gave it (may be null or hostile), its size in bytes, and a way to read it
 * from the start as often as needed.
 */
public record Upload(String name, long size, Source source) {

  /** Opens the sent bytes from the start; the caller closes the stream. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }
}
