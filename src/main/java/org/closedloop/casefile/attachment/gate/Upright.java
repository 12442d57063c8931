package org.closedloop.casefile.attachment.gate;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;

/** Turns the pixels of a decoded JPEG the way its camera was held, so that the EXIF tag that said so can go. */
final class Upright {

  /** Pixels are copied in squares of this side: both pictures stay in the processor's cache. */
  private static final int SQUARE = 64;

  private Upright() {}

  /**
   * @param image       a picture of one byte per component, as the JPEG decoder makes it
   * @param orientation EXIF orientation 1–8
   */
  static BufferedImage turn(BufferedImage image, int orientation) {
    if (orientation == 1) {
      return image;
    }
    int w = image.getWidth();
    int h = image.getHeight();
    boolean sideways = orientation >= 5;
    BufferedImage turned = new BufferedImage(sideways ? h : w, sideways ? w : h, image.getType());
    ComponentSampleModel from = (ComponentSampleModel) image.getSampleModel();
    int pixel = from.getPixelStride();
    int row = from.getScanlineStride();
    // where the first pixel of the turned picture lies in the source, and the step there for one pixel right and down
    int start = switch (orientation) {
      case 2, 8 -> (w - 1) * pixel;
      case 3, 7 -> (w - 1) * pixel + (h - 1) * row;
      case 4, 6 -> (h - 1) * row;
      default -> 0;
    };
    int right = switch (orientation) {
      case 2, 3 -> -pixel;
      case 4 -> pixel;
      case 5, 8 -> row;
      default -> -row;
    };
    int down = switch (orientation) {
      case 2 -> row;
      case 3, 4 -> -row;
      case 5, 6 -> pixel;
      default -> -pixel;
    };
    copy(bytes(image), bytes(turned), turned.getWidth(), turned.getHeight(), pixel, start, right, down);
    return turned;
  }

  private static void copy(byte[] source, byte[] target, int width, int height, int pixel, int start, int right,
      int down) {
    for (int top = 0; top < height; top += SQUARE) {
      for (int left = 0; left < width; left += SQUARE) {
        for (int y = top; y < Math.min(top + SQUARE, height); y++) {
          int to = (y * width + left) * pixel;
          int from = start + left * right + y * down;
          for (int x = left; x < Math.min(left + SQUARE, width); x++, from += right) {
            for (int c = 0; c < pixel; c++) {
              target[to++] = source[from + c];
            }
          }
        }
      }
    }
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
