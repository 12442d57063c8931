package org.closedloop.casefile.attachment.gate;

import java.io.ByteArrayOutputStream;

/**
 * Reads the chunks of a PNG without decoding it: dimensions and the chunks that make the picture. Texts, profiles,
 * EXIF, animation and whatever follows the end are left out before a decoder sees the file.
 *
 * @param bytesPerPixel what one decoded pixel takes, rounded up
 * @param essence       signature, header, palette, transparency, picture data, end
 */
record PngFile(int width, int height, int bytesPerPixel, byte[] essence) {

  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504C5445;
  private static final int TRANSPARENCY = 0x74524E53;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454E44;

  /** @throws Unreadable when the file is damaged or cut off */
  static PngFile read(byte[] file) {
    if (file.length < 33 || intAt(file, 12) != HEADER || intAt(file, 8) != 13) {
      throw file.length < 33 ? Unreadable.cutOff() : Unreadable.damaged();
    }
    int width = intAt(file, 16);
    int height = intAt(file, 20);
    if (width <= 0 || height <= 0) {
      throw Unreadable.damaged();
    }
    int channels = switch (file[25]) {
      case 0, 3 -> 1;
      case 4 -> 2;
      case 2 -> 3;
      case 6 -> 4;
      default -> throw Unreadable.damaged();
    };
    int bytesPerPixel = Math.max(1, channels * file[24] / 8);
    return new PngFile(width, height, bytesPerPixel, essence(file));
  }

  private static byte[] essence(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, 8);
    boolean data = false;
    int at = 8;
    while (true) {
      if (at + 12 > file.length) {
        throw Unreadable.cutOff();
      }
      int length = intAt(file, at);
      if (length < 0) {
        throw Unreadable.damaged();
      }
      if (length > file.length - at - 12) {
        throw Unreadable.cutOff();
      }
      int type = intAt(file, at + 4);
      if (type == HEADER || type == PALETTE || type == TRANSPARENCY || type == DATA || type == END) {
        out.write(file, at, length + 12);
      }
      data |= type == DATA;
      at += length + 12;
      if (type == END) {
        if (!data) {
          throw Unreadable.damaged();
        }
        return out.toByteArray();
      }
    }
  }

  private static int intAt(byte[] b, int at) {
    return (b[at] & 0xFF) << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF;
  }
}
