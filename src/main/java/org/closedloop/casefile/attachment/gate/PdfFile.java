package org.closedloop.casefile.attachment.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Looks at both ends of a PDF while it streams by: complete, and not at the same time an archive. */
final class PdfFile {

  /** The directory of an archive ends within this many bytes of the end of a file, its comment included. */
  private static final int TAIL = 65_557;

  private PdfFile() {}

  /** @throws Unreadable when the end is missing, or when the file is also an archive */
  static void check(Upload upload) throws IOException {
    byte[] tail;
    try (InputStream in = upload.source().open()) {
      in.skipNBytes(Math.max(0, upload.size() - TAIL));
      tail = in.readNBytes(TAIL);
    }
    String end = new String(tail, StandardCharsets.ISO_8859_1);
    if (end.lastIndexOf("%%EOF") < end.length() - 1_024 || !end.contains("%%EOF")) {
      throw Unreadable.cutOff();
    }
    for (int i = end.indexOf("PK\5\6"); i >= 0; i = end.indexOf("PK\5\6", i + 1)) {
      if (i + 22 <= tail.length && (tail[i + 20] & 0xFF | (tail[i + 21] & 0xFF) << 8) == tail.length - i - 22) {
        throw Unreadable.because("该文件同时是压缩包，不能上传。请重新导出为普通 PDF。",
            "This file is an archive as well as a PDF. Export it again as an ordinary PDF.");
      }
    }
  }
}
