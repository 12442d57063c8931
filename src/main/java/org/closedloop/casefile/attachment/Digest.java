package org.closedloop.casefile.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.closedloop.casefile.attachment.gate.Upload;

/** SHA-256 over bytes that pass by. */
final class Digest {

  private final MessageDigest digest;

  Digest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String ofAll(Upload.Source source) {
    Digest digest = new Digest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = source.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.add(buffer, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sent file cannot be read back", e);
    }
    return digest.hex();
  }

  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** Ends the digest. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
