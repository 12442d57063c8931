package org.closedloop.casefile.attachment.gate;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Makes a small picture by averaging samples: works on any decoded picture without a full-size copy. */
final class Thumbnail {

  /** Longest side in pixels. */
  static final int SIDE = 320;
  /** Samples averaged per pixel and direction: enough against moiré, few enough to be quick at 40 megapixels. */
  private static final int SAMPLES = 5;

  private Thumbnail() {}

  /** An RGB picture of at most {@link #SIDE} pixels a side; what was transparent becomes white. */
  static BufferedImage of(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    double scale = Math.min(1, (double) SIDE / Math.max(w, h));
    int tw = Math.max(1, (int) Math.round(w * scale));
    int th = Math.max(1, (int) Math.round(h * scale));
    BufferedImage small = new BufferedImage(tw, th, BufferedImage.TYPE_3BYTE_BGR);
    Sampler sampler = new Sampler(image);
    int[] sum = new int[3];
    for (int y = 0; y < th; y++) {
      for (int x = 0; x < tw; x++) {
        small.setRGB(x, y, average(sampler, sum, (double) w / tw, (double) h / th, x, y));
      }
    }
    return small;
  }

  private static int average(Sampler sampler, int[] sum, double stepX, double stepY, int x, int y) {
    int countX = (int) Math.max(1, Math.min(SAMPLES, stepX));
    int countY = (int) Math.max(1, Math.min(SAMPLES, stepY));
    sum[0] = sum[1] = sum[2] = 0;
    for (int j = 0; j < countY; j++) {
      for (int i = 0; i < countX; i++) {
        sampler.add((int) ((x + (i + 0.5) / countX) * stepX), (int) ((y + (j + 0.5) / countY) * stepY), sum);
      }
    }
    int count = countX * countY;
    return sum[0] / count << 16 | sum[1] / count << 8 | sum[2] / count;
  }

  /** Reads single pixels as red, green, blue; the JDK's own way brightens greyscale pictures. */
  private static final class Sampler {
    private final Raster raster;
    private final IndexColorModel palette;
    private final int bands;
    private final int shift;

    Sampler(BufferedImage image) {
      raster = image.getRaster();
      palette = image.getColorModel() instanceof IndexColorModel p ? p : null;
      bands = raster.getNumBands();
      shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    }

    void add(int x, int y, int[] sum) {
      int argb = palette != null ? palette.getRGB(raster.getSample(x, y, 0)) : direct(x, y);
      int alpha = argb >>> 24;
      sum[0] += over(argb >> 16 & 0xFF, alpha);
      sum[1] += over(argb >> 8 & 0xFF, alpha);
      sum[2] += over(argb & 0xFF, alpha);
    }

    private int direct(int x, int y) {
      int red = raster.getSample(x, y, 0) >> shift;
      int green = bands < 3 ? red : raster.getSample(x, y, 1) >> shift;
      int blue = bands < 3 ? red : raster.getSample(x, y, 2) >> shift;
      int alpha = bands % 2 == 0 ? raster.getSample(x, y, bands - 1) >> shift : 0xFF;
      return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private static int over(int colour, int alpha) {
      return (colour * alpha + 0xFF * (0xFF - alpha)) / 0xFF;
    }
  }
}
