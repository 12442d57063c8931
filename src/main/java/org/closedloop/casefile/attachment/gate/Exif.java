package org.closedloop.casefile.attachment.gate;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the one EXIF tag that matters before EXIF is dropped: which way is up. */
final class Exif {

  private static final int ORIENTATION = 0x0112;
  private static final byte[] HEAD = {'E', 'x', 'i', 'f', 0, 0};

  private Exif() {}

  /** Orientation 1–8 from the APP1 body at {@code from} (inclusive) to {@code to} (exclusive); 1 when it has none. */
  static int orientation(byte[] file, int from, int to) {
    if (to - from < HEAD.length + 8) {
      return 1;
    }
    for (int i = 0; i < HEAD.length; i++) {
      if (file[from + i] != HEAD[i]) {
        return 1;
      }
    }
    ByteBuffer tiff = ByteBuffer.wrap(file, from + HEAD.length, to - from - HEAD.length).slice();
    try {
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      tiff.position(tiff.getInt(4));
      for (int entries = tiff.getShort() & 0xFFFF; entries > 0; entries--) {
        int tag = tiff.getShort() & 0xFFFF;
        tiff.getShort();
        tiff.getInt();
        int value = tiff.getShort() & 0xFFFF;
        tiff.getShort();
        if (tag == ORIENTATION) {
          return value >= 1 && value <= 8 ? value : 1;
        }
      }
      return 1;
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return 1; // damaged EXIF is dropped like any other; the picture itself may be fine
    }
  }
}
