package org.closedloop.casefile.attachment.gate;

import java.text.Normalizer;
import org.closedloop.problem.InvalidInput;

/**
 * Makes a sent file name harmless: no path, no control or invisible characters, no direction tricks, no characters that
 * file systems refuse, a bounded length. What remains is what a person would have read.
 */
final class FileName {

  private static final int LONGEST = 120;
  /** Nobody names a file so; it is an attack or a mistake, and cutting it would hide that. */
  private static final int REFUSED = 1_000;

  private FileName() {}

  /**
   * The cleaned name, ending in an extension of its type.
   *
   * @throws InvalidInput when the name is absurdly long, or its extension belongs to another type than the content
   */
  static String clean(String sent, FileType type) {
    String name = sent == null ? "" : sent;
    if (name.length() > REFUSED) {
      throw InvalidInput.at("file", "文件名过长，请改成 120 个字以内的名字后重新上传。",
          "The file name is far too long; rename the file to at most 120 characters and send it again.");
    }
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = readable(Normalizer.normalize(name, Normalizer.Form.NFC));
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : name.substring(dot + 1).strip();
    stem = trimmed(stem);
    if (extension.isEmpty()) {
      extension = type.extension();
    } else if (!type.mayBeNamed(extension)) {
      throw InvalidInput.at("file",
          "文件内容是 " + type.name() + "，与扩展名不符。请把扩展名改为 ." + type.extension() + " 后重新上传。",
          "The content is " + type.name() + " but the extension says otherwise. Rename the file to end in ."
              + type.extension() + " and send it again.");
    }
    if (extension.equalsIgnoreCase("jpe") || extension.equalsIgnoreCase("jfif")) {
      extension = type.extension(); // forms and people know only .jpg and .jpeg
    }
    if (stem.isEmpty()) {
      stem = type == FileType.PDF ? "document" : "photo";
    }
    return cut(stem, LONGEST - extension.length() - 1) + "." + extension;
  }

  private static String readable(String name) {
    StringBuilder kept = new StringBuilder();
    name.codePoints().forEach(c -> {
      switch (Character.getType(c)) {
        case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
            Character.UNASSIGNED -> { }
        case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> kept.append(' ');
        default -> kept.appendCodePoint("<>:\"|?*%;".indexOf(c) >= 0 ? '_' : c);
      }
    });
    return kept.toString();
  }

  private static String trimmed(String stem) {
    String s = stem.replaceAll(" {2,}", " ");
    int from = 0;
    int to = s.length();
    while (from < to && (s.charAt(from) == '.' || s.charAt(from) == ' ')) {
      from++;
    }
    while (to > from && (s.charAt(to - 1) == '.' || s.charAt(to - 1) == ' ')) {
      to--;
    }
    return s.substring(from, to);
  }

  private static String cut(String s, int characters) {
    return s.codePointCount(0, s.length()) <= characters ? s : s.substring(0, s.offsetByCodePoints(0, characters));
  }
}
