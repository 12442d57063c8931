package org.closedloop.casefile.attachment.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file the product takes, with the extensions under which they may be named. */
public enum FileType {
  JPEG("image/jpeg", List.of("jpg", "jpeg", "jpe", "jfif")),
  PNG("image/png", List.of("png")),
  PDF("application/pdf", List.of("pdf"));

  private final String mediaType;
  private final List<String> extensions;

  FileType(String mediaType, List<String> extensions) {
    this.mediaType = mediaType;
    this.extensions = extensions;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The extension given to a file that came without one. */
  String extension() {
    return extensions.get(0);
  }

  boolean mayBeNamed(String extension) {
    return extensions.contains(extension.toLowerCase(Locale.ROOT));
  }

  static Optional<FileType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(t -> t.mediaType.equals(mediaType)).findFirst();
  }
}
