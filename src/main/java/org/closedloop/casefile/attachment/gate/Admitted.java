package org.closedloop.casefile.attachment.gate;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that passed the gate, ready to be stored. A picture holds its place at the gate until it is closed, so close
 * it as soon as its bytes are stored: that is what bounds the memory of all uploads together.
 */
public final class Admitted implements AutoCloseable {

  private final String name;
  private final FileType type;
  private final Integer width;
  private final Integer height;
  private final byte[] thumbnail;
  private final Upload.Source content;
  private final Runnable release;

  Admitted(String name, FileType type, Integer width, Integer height, byte[] thumbnail, Upload.Source content,
      Runnable release) {
    this.name = name;
    this.type = type;
    this.width = width;
    this.height = height;
    this.thumbnail = thumbnail;
    this.content = content;
    this.release = release;
  }

  /** Cleaned name with the extension of its type. */
  public String name() {
    return name;
  }

  public FileType type() {
    return type;
  }

  /** Pixels as seen upright; null for documents. */
  public Integer width() {
    return width;
  }

  /** Pixels as seen upright; null for documents. */
  public Integer height() {
    return height;
  }

  /** A JPEG of at most 320 × 320 pixels; null for documents. */
  public byte[] thumbnail() {
    return thumbnail;
  }

  /** The bytes to store: a picture painted anew, a document as it came. */
  public InputStream content() throws IOException {
    return content.open();
  }

  @Override
  public void close() {
    release.run();
  }
}
