package org.closedloop.casefile.attachment.gate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Decodes and paints anew with the JDK's own codecs, in memory: nothing touches the disk, no metadata is read. */
final class Pixels {

  /** High enough that plates and faces stay readable after one more generation. */
  private static final float QUALITY = 0.88f;

  private Pixels() {}

  /** @throws Unreadable whatever the decoder stumbles over */
  static BufferedImage decode(byte[] essence, FileType type) {
    ImageReader reader = ImageIO.getImageReadersByMIMEType(type.mediaType()).next();
    try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(essence))) {
      CutOffListener cutOff = new CutOffListener();
      reader.addIIOReadWarningListener(cutOff);
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      if (cutOff.heard) {
        throw Unreadable.cutOff();
      }
      return image;
    } catch (Unreadable e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the decoder answers hostile input with many kinds of exception; all of them mean the same to the sender
      throw Unreadable.damaged();
    } finally {
      reader.dispose();
    }
  }

  static byte[] encode(BufferedImage image, FileType type) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByMIMEType(type.mediaType()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (type == FileType.JPEG) {
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG decoder paints the missing part grey and only murmurs about it. */
  private static final class CutOffListener implements IIOReadWarningListener {
    private boolean heard;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      heard |= warning.toLowerCase(Locale.ROOT).contains("premature end");
    }
  }
}
