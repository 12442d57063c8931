package org.closedloop.casefile.attachment.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.closedloop.casefile.attachment.gate.PhotoGate.Sender;
import org.closedloop.problem.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in, in which state, and what stays out. */
class PhotoGateTest {

  private final PhotoGate gate = new PhotoGate(2, Duration.ofSeconds(60));

  @Test
  void oneThousandPhotosWithAPlaceLoseIt() throws Exception {
    Random random = new Random(1);
    int placesIn = 0;
    int placesOut = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] photo = Photos.jpeg(Photos.street(32 + i % 40, 24 + i % 30, 20), 0.8f, i % 7 == 0);
      photo = Photos.withSegments(photo,
          Photos.exif(1 + i % 8, 38 + random.nextDouble(), 111 + random.nextDouble(), i % 2 == 0), Photos.xmp());
      placesIn += hasPlace(photo) ? 1 : 0;
      byte[] clean = clean("p.jpg", photo, Sender.REPORTER);
      placesOut += hasPlace(clean) ? 1 : 0;
      assertThat(new String(clean, StandardCharsets.ISO_8859_1)).doesNotContain("Zhang", "PhoneCo", "Exif", "adobe");
    }
    assertThat(placesIn).isEqualTo(1_000);
    assertThat(placesOut).isZero();
  }

  private static boolean hasPlace(byte[] photo) throws Exception {
    var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(photo));
    return metadata.containsDirectoryOfType(GpsDirectory.class) || metadata.containsDirectoryOfType(XmpDirectory.class)
        || metadata.containsDirectoryOfType(ExifDirectoryBase.class);
  }

  /** The corners, clockwise from top left, that a picture with red-green-white-blue corners shows once upright. */
  @ParameterizedTest
  @CsvSource({"1,RGWB", "2,GRBW", "3,WBRG", "4,BWGR", "5,RBWG", "6,BRGW", "7,WGRB", "8,GWBR"})
  void aPhotoIsTurnedTheWayItWasTaken(int orientation, String corners) throws Exception {
    for (boolean littleEndian : new boolean[] {true, false}) {
      byte[] photo = Photos.withSegments(Photos.jpeg(96, 64), Photos.exif(orientation, 38, 111, littleEndian));
      try (Admitted admitted = gate.admit(Photos.upload("p.jpg", photo), Sender.OFFICIAL)) {
        boolean sideways = orientation >= 5;
        assertThat(admitted.width()).isEqualTo(sideways ? 64 : 96);
        assertThat(admitted.height()).isEqualTo(sideways ? 96 : 64);
        for (byte[] bytes : List.of(admitted.content().readAllBytes(), admitted.thumbnail())) {
          BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
          int r = image.getWidth() - 9;
          int b = image.getHeight() - 9;
          assertThat("" + colour(image, 8, 8) + colour(image, r, 8) + colour(image, r, b) + colour(image, 8, b))
              .isEqualTo(corners);
        }
      }
    }
  }

  private static char colour(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    boolean red = (rgb >> 16 & 0xFF) > 128;
    boolean green = (rgb >> 8 & 0xFF) > 128;
    boolean blue = (rgb & 0xFF) > 128;
    return red && green && blue ? 'W' : red ? 'R' : green ? 'G' : 'B';
  }

  @Test
  void nothingHiddenInAPictureSurvives() throws Exception {
    byte[] payload = "PAYLOAD<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
    byte[] photo = Photos.jpeg(64, 48);
    byte[] png = Photos.png(Photos.corners(64, 48));
    List<byte[]> jpegs = List.of(
        Photos.join(photo, Photos.zip(), payload),
        Photos.join(photo, Photos.jpeg(20, 20), payload),
        Photos.withSegments(photo, Photos.segment(0xFE, payload), Photos.segment(0xE2, payload), Photos.segment(0xED,
            payload),
            Photos.segment(0xEE, payload), Photos.segment(0xE0,
                Photos.join("JFIF\0".getBytes(StandardCharsets.US_ASCII), payload))));
    for (byte[] sent : jpegs) {
      assertThat(clean("p.jpg", sent, Sender.REPORTER)).satisfies(PhotoGateTest::isClean);
    }
    List<byte[]> pngs = List.of(
        Photos.join(png, Photos.zip(), payload),
        Photos.withPngChunk(png, "tEXt", Photos.join("Comment\0".getBytes(StandardCharsets.US_ASCII), payload)),
        Photos.withPngChunk(png, "zTXt", Photos.join("Comment\0\0".getBytes(StandardCharsets.US_ASCII),
            Photos.deflated(payload))),
        Photos.withPngChunk(png, "iCCP", Photos.join("x\0\0".getBytes(StandardCharsets.US_ASCII),
            Photos.deflated(new byte[50_000_000]))),
        Photos.withPngChunk(png, "eXIf", payload));
    for (byte[] sent : pngs) {
      assertThat(clean("p.png", sent, Sender.REPORTER)).satisfies(PhotoGateTest::isClean);
    }
  }

  private static void isClean(byte[] out) {
    assertThat(new String(out, StandardCharsets.ISO_8859_1)).doesNotContain("PAYLOAD", "PK\3\4", "PK\5\6", "tEXt",
        "iCCP", "eXIf");
    assertThat(out.length).isLessThan(5_000);
  }

  @Test
  void whatIsNoPictureIsRefusedWithWords() {
    byte[] photo = Photos.jpeg(64, 48);
    byte[] png = Photos.png(Photos.corners(64, 48));
    String svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    List<Upload> refused = new ArrayList<>(List.of(
        Photos.upload("empty.jpg", new byte[0]),
        Photos.upload("a.jpg",
            "MZ\220\0\3 this program cannot be run in DOS mode".getBytes(StandardCharsets.ISO_8859_1)),
        Photos.upload("a.jpg", new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0}),
        Photos.upload("a.jpg", svg.getBytes(StandardCharsets.UTF_8)),
        Photos.upload("a.svg", svg.getBytes(StandardCharsets.UTF_8)),
        Photos.upload("a.jpg", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8)),
        Photos.upload("a.gif", Photos.join("GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1),
            Photos.zip())),
        Photos.upload("a.jpg", Photos.join("GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1),
            Photos.zip())),
        Photos.upload("a.jpg", Photos.zip()),
        Photos.upload("a.zip", Photos.zip()),
        Photos.upload("a.jpg", new byte[10_000]),
        Photos.upload("a.jpg", "just words".getBytes(StandardCharsets.UTF_8)),
        Photos.upload("a.heic", Photos.join(new byte[] {0, 0, 0, 24},
            "ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.US_ASCII))),
        Photos.upload("a.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}),
        Photos.upload("a.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9}),
        Photos.upload("a.png", Arrays.copyOf(png, 20)),
        Photos.upload("a.png", Arrays.copyOf(png, png.length - 30)),
        Photos.upload("a.png", photo),
        Photos.upload("a.jpg.exe", photo),
        Photos.upload("a.pdf", photo),
        Photos.upload("a.jpg", png)));
    for (int part = 1; part < 10; part++) {
      refused.add(Photos.upload("cut.jpg", Arrays.copyOf(photo, photo.length * part / 10)));
    }
    // cut in the middle of the pixels, and an end put on
    refused.add(Photos.upload("cut.jpg", Photos.join(
        Arrays.copyOf(Photos.jpeg(Photos.street(800, 600, 40), 0.9f, false), 60_000), new byte[] {(byte) 0xFF,
            (byte) 0xD9})));
    for (Upload upload : refused) {
      InvalidInput said = catchThrowableOfType(InvalidInput.class, () -> gate.admit(upload, Sender.OFFICIAL));
      assertThat(said).as(upload.name() + ", " + upload.size() + " bytes").isNotNull();
      assertThat(said.status()).isEqualTo(422);
      assertThat(said.errors()).singleElement().satisfies(e -> {
        assertThat(e.field()).isEqualTo("file");
        assertThat(e.message().zh()).isNotBlank();
      });
    }
  }

  @Test
  void aPixelFloodIsRefusedFromItsHeaderWithoutDecoding() {
    byte[] photo = Photos.jpeg(64, 48);
    Photos.png(Photos.corners(9, 9));
    List<Upload> floods = List.of(
        Photos.upload("flood.png", Photos.hollowPng(65_500, 65_500, 8, 6)),
        Photos.upload("flood.png", Photos.hollowPng(65_500, 65_500, 1, 0)),
        Photos.upload("flood.png", Photos.hollowPng(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6)),
        Photos.upload("flood.png", Photos.hollowPng(1, 40_000_001, 8, 0)),
        Photos.upload("flood.png", Photos.hollowPng(8_000, 5_000, 16, 6)),
        Photos.upload("flood.jpg", Photos.claiming(photo, 65_500, 65_500)),
        Photos.upload("flood.jpg", Photos.claiming(photo, 8_001, 5_000)));
    for (Upload flood : floods) {
      long before = cpuNanos();
      assertThatThrownBy(() -> gate.admit(flood, Sender.OFFICIAL)).isInstanceOf(InvalidInput.class)
          .satisfies(e -> assertThat(((InvalidInput) e).errors().get(0).message().en()).contains("40 million"));
      assertThat(Duration.ofNanos(cpuNanos() - before)).isLessThan(Duration.ofMillis(300));
    }
  }

  @Test
  void aProgressivePictureWithEndlessScansIsRefused() {
    byte[] photo = Photos.jpeg(Photos.corners(64, 48), 0.9f, true);
    int lastScan = 0;
    for (int i = 0; i < photo.length - 1; i++) {
      lastScan = (photo[i] & 0xFF) == 0xFF && (photo[i + 1] & 0xFF) == 0xDA ? i : lastScan;
    }
    byte[] scan = Arrays.copyOfRange(photo, lastScan, photo.length - 2);
    byte[][] parts = new byte[102][];
    Arrays.fill(parts, scan);
    parts[0] = Arrays.copyOf(photo, photo.length - 2);
    parts[101] = new byte[] {(byte) 0xFF, (byte) 0xD9};
    assertThatThrownBy(() -> gate.admit(Photos.upload("a.jpg", Photos.join(parts)), Sender.REPORTER))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void ordinaryPicturesOfEveryKindComeThrough() throws Exception {
    BufferedImage grey = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 400, 300, fill(400 * 300, 100));
    BufferedImage clear = new BufferedImage(400, 300, BufferedImage.TYPE_INT_ARGB);
    List<Upload> good = List.of(
        Photos.upload("a.jpg", Photos.jpeg(400, 300)),
        Photos.upload("a.JPG", Photos.jpeg(Photos.corners(400, 300), 0.8f, true)),
        Photos.upload("a.jpeg", Photos.jpeg(grey, 0.8f, false)),
        Photos.upload("grey6.jpg", Photos.withSegments(Photos.jpeg(grey, 0.8f, false), Photos.exif(6, 1, 1, true))),
        Photos.upload("a.png", Photos.png(Photos.corners(400, 300))),
        Photos.upload("a.png", Photos.png(grey)),
        Photos.upload("clear.png", Photos.png(clear)),
        Photos.upload("a.png", Photos.png(new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_INDEXED))),
        Photos.upload("a.png", Photos.png(new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_BINARY))),
        Photos.upload("a.png", Photos.png(new BufferedImage(400, 300, BufferedImage.TYPE_USHORT_GRAY))),
        Photos.upload("one.png", Photos.png(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR))),
        Photos.upload("thin.png", Photos.png(new BufferedImage(5_000, 1, BufferedImage.TYPE_3BYTE_BGR))));
    for (Upload upload : good) {
      try (Admitted admitted = gate.admit(upload, Sender.REPORTER)) {
        BufferedImage out = ImageIO.read(admitted.content());
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(admitted.thumbnail()));
        assertThat(out.getWidth()).isEqualTo(admitted.width());
        assertThat(Math.max(small.getWidth(), small.getHeight())).isLessThanOrEqualTo(320);
        if (upload.name().startsWith("clear")) {
          assertThat(small.getRGB(5, 5) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        }
        if (upload.name().startsWith("grey6")) {
          assertThat(admitted.width()).isEqualTo(300);
          assertThat(small.getRGB(5, 5) & 0xFF).isBetween(98, 102);
        }
      }
    }
  }

  private static int[] fill(int length, int value) {
    int[] a = new int[length];
    Arrays.fill(a, value);
    return a;
  }

  @Test
  void reportersSendNoDocumentsAndNothingAboveTenMegabytes() throws Exception {
    assertThatThrownBy(() -> gate.admit(Photos.upload("a.pdf", Photos.pdf(2_000)), Sender.REPORTER))
        .isInstanceOf(InvalidInput.class);
    byte[] large = Photos.join(Photos.jpeg(64, 48), new byte[10 * 1024 * 1024]);
    assertThatThrownBy(() -> gate.admit(Photos.upload("a.jpg", large), Sender.REPORTER))
        .isInstanceOf(InvalidInput.class);
    gate.admit(Photos.upload("a.jpg", large), Sender.OFFICIAL).close();
    assertThatThrownBy(() -> gate.admit(Photos.upload("a.pdf", Photos.pdf(20 * 1024 * 1024 + 1)), Sender.OFFICIAL))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void aDocumentComesThroughAsItIsUnlessCutOffOrAnArchive() throws Exception {
    byte[] pdf = Photos.pdf(300_000);
    assertThat(clean("笔录.pdf", pdf, Sender.OFFICIAL)).isEqualTo(pdf);
    List<byte[]> refused = List.of(
        Arrays.copyOf(pdf, 200_000),
        Photos.join(pdf, Photos.zip()),
        Photos.join("junk".getBytes(StandardCharsets.US_ASCII), pdf),
        "%PDF-1.4".getBytes(StandardCharsets.US_ASCII));
    for (byte[] bytes : refused) {
      assertThatThrownBy(() -> gate.admit(Photos.upload("a.pdf", bytes), Sender.OFFICIAL))
          .isInstanceOf(InvalidInput.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "'../../etc/passwd.jpg', 'passwd.jpg'",
      "'C:\\Users\\li\\现场 照片.JPG', '现场 照片.JPG'",
      "'a\u202Egpj.exe.jpg', 'agpj.exe.jpg'",
      "'a\u0000b\r\nSet-Cookie: x.jpg', 'abSet-Cookie_ x.jpg'",
      "'<img src=x onerror=alert(1)>.jpg', '_img src=x onerror=alert(1)_.jpg'",
      "'\"; drop table case_file; --.jpg', '__ drop table case_file_ --.jpg'",
      "'photo', 'photo.jpg'",
      "'photo.JFIF', 'photo.jpg'",
      "'...', 'photo.jpg'",
      "'.jpg', 'photo.jpg'",
      "'', 'photo.jpg'",
      "'😀\u200B照片.jpeg', '😀照片.jpeg'",
      "'e\u0301.jpg', 'é.jpg'"})
  void aFileNameIsMadeHarmless(String sent, String kept) {
    assertThat(FileName.clean(sent, FileType.JPEG)).isEqualTo(kept);
  }

  @Test
  void aLongNameIsCutAndAnAbsurdOneRefused() {
    assertThat(FileName.clean("照".repeat(500) + ".jpg", FileType.JPEG)).hasSize(120).endsWith("照.jpg");
    assertThat(FileName.clean("😀".repeat(300) + ".jpg", FileType.JPEG)).endsWith("😀.jpg");
    assertThat(FileName.clean(null, FileType.PDF)).isEqualTo("document.pdf");
    assertThatThrownBy(() -> FileName.clean("a".repeat(5_000) + ".jpg", FileType.JPEG))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void whenNoPlaceBecomesFreeTheSenderIsAskedToWait() throws Exception {
    PhotoGate narrow = new PhotoGate(2, Duration.ofMillis(100));
    byte[] photo = Photos.jpeg(64, 48);
    Admitted first = narrow.admit(Photos.upload("a.jpg", photo), Sender.REPORTER);
    Admitted second = narrow.admit(Photos.upload("a.jpg", photo), Sender.REPORTER);
    assertThatThrownBy(() -> narrow.admit(Photos.upload("a.jpg", photo), Sender.REPORTER)).isInstanceOf(GateBusy.class)
        .satisfies(e -> assertThat(((GateBusy) e).status()).isEqualTo(503));
    first.close();
    first.close();
    narrow.admit(Photos.upload("a.jpg", photo), Sender.REPORTER).close();
    second.close();
    // a refused picture gives its place back, too
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> narrow.admit(Photos.upload("a.jpg", Arrays.copyOf(photo, 300)), Sender.REPORTER))
          .isInstanceOf(InvalidInput.class);
    }
    narrow.admit(Photos.upload("a.jpg", photo), Sender.REPORTER).close();
  }

  /** Damage at random places: refused or repaired, never another exception. */
  @Test
  void damagedPicturesNeverBreakTheGate() {
    Random random = new Random(11);
    byte[][] good = {Photos.jpeg(Photos.street(120, 90, 30), 0.8f, false), Photos.jpeg(Photos.street(120, 90, 30),
        0.8f, true),
        Photos.png(Photos.street(120, 90, 30)), Photos.withSegments(Photos.jpeg(60, 40), Photos.exif(6, 38, 111,
            true))};
    int through = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = good[i % good.length].clone();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        bytes[3 + random.nextInt(random.nextBoolean() ? 300 : bytes.length - 3)] = (byte) random.nextInt(256);
      }
      try (Admitted admitted = gate.admit(Photos.upload("a", bytes), Sender.OFFICIAL)) {
        through++;
      } catch (InvalidInput e) {
        assertThat(e.errors()).isNotEmpty();
      }
    }
    assertThat(through).isBetween(100, 2_900);
  }

  /**
   * Goal G17: 10 MB / 40 MP cleaned in at most 4 s, two in parallel. Held in processor time, which a busy machine does
   * not stretch; the time on the wall is printed.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void aPhotoOfFortyMegapixelsIsCleanedInSeconds(int orientation) throws Exception {
    byte[] photo = Photos.withSegments(Photos.jpeg(Photos.street(7_300, 5_475, 14), 0.87f, false),
        Photos.exif(orientation, 38, 111, true));
    List<Long> wall = Collections.synchronizedList(new ArrayList<>());
    Callable<Long> one = () -> {
      long cpu = cpuNanos();
      long start = System.nanoTime();
      gate.admit(Photos.upload("a.jpg", photo), Sender.OFFICIAL).close();
      wall.add((System.nanoTime() - start) / 1_000_000);
      return (cpuNanos() - cpu) / 1_000_000;
    };
    List<Long> took = new ArrayList<>();
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 3; round++) {
        for (Future<Long> each : threads.invokeAll(List.of(one, one))) {
          took.add(each.get());
        }
      }
    } finally {
      threads.shutdown();
    }
    System.out.printf("40 MP photo, %.1f MB, orientation %d, two in parallel: %s ms, of the processor %s ms%n",
        photo.length / 1e6, orientation, wall, took);
    assertThat(took).allMatch(ms -> ms <= 4_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void aFlatPictureOfFortyMegapixelsInFewBytesStaysBounded() throws Exception {
    byte[] flat = Photos.flatPng(8_000, 5_000);
    long before = cpuNanos();
    clean("flat.png", flat, Sender.REPORTER);
    long took = (cpuNanos() - before) / 1_000_000;
    System.out.printf("40 MP PNG, %.2f MB: %d ms of the processor%n", flat.length / 1e6, took);
    assertThat(took).isLessThan(8_000);
  }

  private byte[] clean(String name, byte[] bytes, Sender sender) throws Exception {
    try (Admitted admitted = gate.admit(Photos.upload(name, bytes), sender)) {
      return admitted.content().readAllBytes();
    }
  }
}
