package org.closedloop.casefile.attachment.gate;

import java.io.ByteArrayOutputStream;

/**
 * Reads the markers of a JPEG without decoding it: dimensions, orientation, and the bytes a decoder needs and no more.
 * Everything a camera or an attacker may have added (EXIF, GPS, colour profiles, comments, embedded previews, archives
 * after the end) is left out before a decoder sees the file.
 *
 * @param progressive whether the decoder must hold the whole picture as coefficients, too
 * @param orientation EXIF orientation 1–8; 1 when none is given
 * @param essence     the first picture of the file, without what was added
 */
record JpegFile(int width, int height, int components, boolean progressive, int orientation, byte[] essence) {

  /** Each scan of a progressive file costs a pass over all pixels; cameras and encoders use about ten. */
  private static final int MOST_SCANS = 24;

  /** @throws Unreadable when the file is damaged, cut off, or of a kind no camera makes */
  static JpegFile read(byte[] file) {
    return new Walk(file).run();
  }

  private static final class Walk {
    private final byte[] file;
    private final ByteArrayOutputStream essence;
    private int at = 2;
    private int orientation = 1;
    private int width;
    private int height;
    private int components;
    private int scans;
    private boolean progressive;

    Walk(byte[] file) {
      this.file = file;
      this.essence = new ByteArrayOutputStream(file.length);
    }

    JpegFile run() {
      essence.write(file, 0, 2);
      while (true) {
        int marker = nextMarker();
        if (marker == 0xD9) {
          if (scans == 0) {
            throw Unreadable.damaged();
          }
          essence.write(0xFF);
          essence.write(0xD9);
          return new JpegFile(width, height, components, progressive, orientation, essence.toByteArray());
        }
        int length = segmentLength();
        if (isFrame(marker)) {
          frame(marker, length);
        }
        if (marker == 0xE1) {
          orientation = orientation == 1 ? Exif.orientation(file, at + 2, at + length) : orientation;
        }
        if (needed(marker, length)) {
          essence.write(0xFF);
          essence.write(marker);
          essence.write(file, at, length);
        }
        at += length;
        if (marker == 0xDA) {
          scan();
        }
      }
    }

    private int nextMarker() {
      if (at + 1 >= file.length) {
        throw Unreadable.cutOff();
      }
      if ((file[at] & 0xFF) != 0xFF) {
        throw Unreadable.damaged();
      }
      while (at < file.length && (file[at] & 0xFF) == 0xFF) {
        at++;
      }
      if (at >= file.length) {
        throw Unreadable.cutOff();
      }
      return file[at++] & 0xFF;
    }

    private int segmentLength() {
      if (at + 2 > file.length) {
        throw Unreadable.cutOff();
      }
      int length = (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
      if (length < 2) {
        throw Unreadable.damaged();
      }
      if (at + length > file.length) {
        throw Unreadable.cutOff();
      }
      return length;
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void frame(int marker, int length) {
      if (marker > 0xC2 || length < 8 || (file[at + 2] & 0xFF) != 8 || width != 0) {
        throw Unreadable.unusual();
      }
      progressive = marker == 0xC2;
      height = (file[at + 3] & 0xFF) << 8 | file[at + 4] & 0xFF;
      width = (file[at + 5] & 0xFF) << 8 | file[at + 6] & 0xFF;
      components = file[at + 7] & 0xFF;
      if (components != 1 && components != 3) {
        throw Unreadable.unusual();
      }
      if (width == 0 || height == 0) {
        throw Unreadable.damaged();
      }
    }

    /** Tables, frames and scans; of the rest only what tells the decoder how colours are coded. */
    private boolean needed(int marker, int length) {
      return switch (marker) {
        case 0xDB, 0xC4, 0xDD, 0xDA -> true;
        case 0xE0 -> length == 16 && file[at + 2] == 'J' && file[at + 3] == 'F' && file[at + 4] == 'I'
            && file[at + 5] == 'F' && file[at + 6] == 0;
        case 0xEE -> length == 14 && file[at + 2] == 'A' && file[at + 3] == 'd' && file[at + 4] == 'o'
            && file[at + 5] == 'b' && file[at + 6] == 'e';
        default -> isFrame(marker);
      };
    }

    private void scan() {
      if (width == 0 || ++scans > MOST_SCANS) {
        throw Unreadable.unusual();
      }
      int from = at;
      while (at + 1 < file.length) {
        if ((file[at] & 0xFF) == 0xFF) {
          int next = file[at + 1] & 0xFF;
          if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
            essence.write(file, from, at - from);
            return;
          }
        }
        at++;
      }
      throw Unreadable.cutOff();
    }
  }
}
