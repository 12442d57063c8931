package org.closedloop.casefile.attachment.gate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** The corpus: honest and hostile files, made in code so that no binary lies in the repository. */
public final class Photos {

  private Photos() {}

  public static Upload upload(String name, byte[] bytes) {
    return new Upload(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** A picture whose four corners differ: red top left, green top right, blue bottom left, white bottom right. */
  public static BufferedImage corners(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, y < height / 2 ? x < width / 2 ? 0xFF0000 : 0x00FF00 : x < width / 2 ? 0x0000FF : 0xFFFFFF);
      }
    }
    return image;
  }

  /** Gentle colours with grain, like a street: large, and about as hard to compress as a photo. */
  public static BufferedImage street(int width, int height, int grain) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    Random random = new Random(7);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(grain * 2 + 1) - grain;
        for (int c = 0; c < 3; c++) {
          bytes[i++] = (byte) Math.max(0, Math.min(255, 128 + (int) (90 * Math.sin((x + c * 40) / 150.0 + y / 170.0))
              + noise));
        }
      }
    }
    return image;
  }

  public static byte[] jpeg(BufferedImage image, float quality, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static byte[] jpeg(int width, int height) {
    return jpeg(corners(width, height), 0.9f, false);
  }

  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Puts segments right behind the start of a JPEG, where cameras put theirs. */
  public static byte[] withSegments(byte[] jpeg, byte[]... segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    for (byte[] segment : segments) {
      out.writeBytes(segment);
    }
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  public static byte[] segment(int marker, byte[] body) {
    return ByteBuffer.allocate(body.length + 4).put((byte) 0xFF).put((byte) marker).putShort((short) (body.length + 2))
        .put(body).array();
  }

  /** An EXIF segment with orientation, camera, owner and a place; little-endian like most phones, or big-endian. */
  public static byte[] exif(int orientation, double latitude, double longitude, boolean littleEndian) {
    ByteBuffer b = ByteBuffer.allocate(400);
    b.order(littleEndian ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
    b.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M')).putShort((short) 42).putInt(8);
    b.putShort((short) 4);
    entry(b, 0x010F, 2, 8, 200);                       // make
    entry(b, 0x0112, 3, 1, 0);                         // orientation
    b.position(b.position() - 4);
    b.putShort((short) orientation).putShort((short) 0);
    entry(b, 0x013B, 2, 12, 210);                      // artist
    entry(b, 0x8825, 4, 1, 80);                        // GPS
    b.putInt(0);
    b.position(80);
    b.putShort((short) 4);
    entry(b, 1, 2, 2, 0);
    b.put(b.position() - 4, (byte) 'N');
    entry(b, 2, 5, 3, 240);
    entry(b, 3, 2, 2, 0);
    b.put(b.position() - 4, (byte) 'E');
    entry(b, 4, 5, 3, 264);
    b.putInt(0);
    b.position(200).put("PhoneCo\0".getBytes(StandardCharsets.US_ASCII));
    b.position(210).put("Zhang Sanli\0".getBytes(StandardCharsets.US_ASCII));
    b.position(240);
    degrees(b, latitude);
    degrees(b, longitude);
    byte[] body = new byte[6 + 400];
    System.arraycopy(new byte[] {'E', 'x', 'i', 'f', 0, 0}, 0, body, 0, 6);
    System.arraycopy(b.array(), 0, body, 6, 400);
    return segment(0xE1, body);
  }

  private static void entry(ByteBuffer b, int tag, int type, int count, int value) {
    b.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static void degrees(ByteBuffer b, double degrees) {
    b.putInt((int) degrees).putInt(1).putInt((int) (degrees % 1 * 60)).putInt(1).putInt(30).putInt(1);
  }

  /** XMP with a place, as some phones write it beside EXIF. */
  public static byte[] xmp() {
    String xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        + "<rdf:RDF xmlns:rdf='http://www.w3.org/"
        + "1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' "
        + "exif:GPSLatitude='38,42.3N' exif:GPSLongitude='111,34.1E'/></rdf:RDF></x:xmpmeta>";
    return segment(0xE1, xmp.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(new byte[1_000_000]);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A PNG that says it is {@code width × height} and carries hardly any data. */
  public static byte[] hollowPng(int width, int height, int depth, int colour) {
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth).put((byte) colour)
        .put(new byte[3]).array();
    return join(signature(), chunk("IHDR", header), chunk("IDAT", deflated(new byte[1_000])), chunk("IEND",
        new byte[0]));
  }

  /** A real one-colour PNG: few bytes, many pixels. */
  public static byte[] flatPng(int width, int height) {
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 2).put(new byte[3])
        .array();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(data)) {
      byte[] row = new byte[1 + width * 3];
      for (int y = 0; y < height; y++) {
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return join(signature(), chunk("IHDR", header), chunk("IDAT", data.toByteArray()), chunk("IEND", new byte[0]));
  }

  public static byte[] withPngChunk(byte[] png, String type, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.writeBytes(chunk(type, body));
    out.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  /** A JPEG whose frame header claims other dimensions than its scan fills. */
  public static byte[] claiming(byte[] jpeg, int width, int height) {
    byte[] bytes = jpeg.clone();
    for (int i = 2; i < bytes.length; i++) {
      if ((bytes[i] & 0xFF) == 0xFF && ((bytes[i + 1] & 0xFF) == 0xC0 || (bytes[i + 1] & 0xFF) == 0xC2)) {
        ByteBuffer.wrap(bytes).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
        return bytes;
      }
    }
    throw new IllegalArgumentException("no frame");
  }

  /** A valid small PDF blown up to the given size by one uncompressed stream. */
  public static byte[] pdf(int size) {
    byte[] head = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    byte[] fill = new byte[Math.max(0, size - head.length - tail.length)];
    new Random(3).nextBytes(fill);
    return join(head, fill, tail);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] signature() {
    return new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  }

  public static byte[] chunk(String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(body);
    return ByteBuffer.allocate(body.length + 12).putInt(body.length).put(name).put(body).putInt((int) crc.getValue())
        .array();
  }

  public static byte[] deflated(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(9))) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
