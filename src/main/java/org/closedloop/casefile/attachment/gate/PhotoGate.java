package org.closedloop.casefile.attachment.gate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.closedloop.problem.InvalidInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The only way in for files. The type is read from the content, never from what the sender says; the dimensions are
 * read before anything is decoded; every picture is painted anew, which leaves behind EXIF, places, colour profiles
 * and whatever else was tucked into the file. At most two pictures are worked on at a time, within a fixed memory.
 */
@Component
public class PhotoGate {

  /** Who sends decides how much: officials up to 20 MB and PDF, anonymous reporters pictures up to 10 MB. */
  public enum Sender {
    OFFICIAL(20, true), REPORTER(10, false);

    private final int megabytes;
    private final boolean documents;

    Sender(int megabytes, boolean documents) {
      this.megabytes = megabytes;
      this.documents = documents;
    }
  }

  private static final long MEGABYTE = 1024L * 1024;
  private static final long MOST_PIXELS = 40_000_000;
  /** Decoded pixels of all pictures in work: one of 40 megapixels that must be turned, or two that need not. */
  private static final int MEMORY_MEGABYTES = 256;
  private static final int HEAD = 64 * 1024;

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
  private final Semaphore places;
  private final Semaphore megabytes = new Semaphore(MEMORY_MEGABYTES, true);
  private final Duration patience;

  PhotoGate(@Value("${closedloop.photos.parallel:2}") int parallel,
      @Value("${closedloop.photos.patience:10s}") Duration patience) {
    this.places = new Semaphore(parallel, true);
    this.patience = patience;
  }

  /**
   * Looks at a file and cleans it. Call it outside a transaction: it may wait for a place and then works for seconds.
   * Close what it returns as soon as the bytes are stored.
   *
   * @throws InvalidInput 422: empty, too large, of another type than its name says, damaged, too many pixels
   * @throws GateBusy     503: no place became free in time
   */
  public Admitted admit(Upload upload, Sender sender) {
    if (upload.size() == 0) {
      throw Unreadable.because("文件是空的，请重新选择。", "The file is empty; choose it again.");
    }
    if (upload.size() > sender.megabytes * MEGABYTE) {
      throw Unreadable.because("文件超过 " + sender.megabytes + " MB，请压缩后上传。",
          "The file is larger than " + sender.megabytes + " MB; make it smaller and send it again.");
    }
    try {
      FileType type = typeOf(upload, sender);
      String name = FileName.clean(upload.name(), type);
      if (type == FileType.PDF) {
        PdfFile.check(upload);
        return new Admitted(name, type, null, null, null, upload.source(), () -> { });
      }
      return picture(upload, name, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the sent file cannot be read back", e);
    }
  }

  private FileType typeOf(Upload upload, Sender sender) throws IOException {
    byte[] head;
    try (InputStream in = upload.source().open()) {
      head = in.readNBytes(HEAD);
    }
    String found = types.detect(new ByteArrayInputStream(head), new Metadata()).toString();
    FileType type = FileType.ofMediaType(found).orElseThrow(() -> refusal(found, sender));
    if (type == FileType.PDF && (!sender.documents || head[0] != '%')) {
      throw refusal(found, sender);
    }
    return type;
  }

  private static InvalidInput refusal(String found, Sender sender) {
    if (found.equals("image/heic") || found.equals("image/heif") || found.equals("image/webp")) {
      return Unreadable.because("暂不支持这种照片格式。请在手机相机设置中选择“兼容性最佳”（JPEG）后重新拍照上传。",
          "This photo format is not supported. Choose “Most Compatible” (JPEG) in the camera settings and take it "
              + "again.");
    }
    return sender.documents
        ? Unreadable.because("只能上传 JPEG、PNG 图片或 PDF 文档（按文件内容判断，与扩展名无关）。",
            "Only JPEG and PNG pictures and PDF documents can be sent (judged by content, not by name).")
        : Unreadable.because("只能上传 JPEG 或 PNG 照片（按文件内容判断，与扩展名无关）。",
            "Only JPEG and PNG pictures can be sent (judged by content, not by name).");
  }

  private Admitted picture(Upload upload, String name, FileType type) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    take(places, 1, until);
    Runnable release = once(places::release);
    try {
      byte[] file;
      try (InputStream in = upload.source().open()) {
        file = in.readAllBytes();
      }
      Header header = header(file, type);
      file = null;
      int memory = header.megabytes();
      take(megabytes, memory, until);
      byte[] clean;
      byte[] thumbnail;
      int width;
      int height;
      try {
        BufferedImage image = Upright.turn(Pixels.decode(header.essence, type), header.orientation);
        width = image.getWidth();
        height = image.getHeight();
        clean = Pixels.encode(image, type);
        thumbnail = Pixels.encode(Thumbnail.of(image), FileType.JPEG);
      } finally {
        megabytes.release(memory);
      }
      Admitted admitted = new Admitted(name, type, width, height, thumbnail, () -> new ByteArrayInputStream(clean),
          release);
      release = () -> { };
      return admitted;
    } finally {
      release.run();
    }
  }

  /** What is known of a picture before it is decoded. */
  private record Header(long pixels, int bytesPerPixel, int orientation, byte[] essence) {
    int megabytes() {
      return (int) (pixels * bytesPerPixel * (orientation == 1 ? 1 : 2) / MEGABYTE) + 1;
    }
  }

  private static Header header(byte[] file, FileType type) {
    Header header;
    if (type == FileType.JPEG) {
      JpegFile jpeg = JpegFile.read(file);
      header = new Header((long) jpeg.width() * jpeg.height(), jpeg.components(), jpeg.orientation(), jpeg.essence());
    } else {
      PngFile png = PngFile.read(file);
      header = new Header((long) png.width() * png.height(), png.bytesPerPixel(), 1, png.essence());
    }
    if (header.pixels > MOST_PIXELS || header.megabytes() > MEMORY_MEGABYTES) {
      throw Unreadable.because("图片超过 4000 万像素，请缩小后上传。",
          "The picture has more than 40 million pixels; make it smaller and send it again.");
    }
    return header;
  }

  private static void take(Semaphore semaphore, int permits, long until) {
    try {
      if (!semaphore.tryAcquire(permits, until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new GateBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GateBusy();
    }
  }

  private static Runnable once(Runnable action) {
    AtomicBoolean left = new AtomicBoolean(true);
    return () -> {
      if (left.getAndSet(false)) {
        action.run();
      }
    };
  }
}
