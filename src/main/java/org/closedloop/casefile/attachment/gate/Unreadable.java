package org.closedloop.casefile.attachment.gate;

import java.util.List;
import org.closedloop.problem.InvalidInput;

/** The file is not what it should be: damaged, cut off, or of a kind the product does not take. Answers 422. */
final class Unreadable extends InvalidInput {

  private Unreadable(String zh, String en) {
    super(List.of(FieldError.of("file", zh, en)));
  }

  static Unreadable because(String zh, String en) {
    return new Unreadable(zh, en);
  }

  static Unreadable cutOff() {
    return new Unreadable("文件不完整，可能上传时中断了。请重新上传。",
        "The file is not complete; it may have been cut off on its way. Send it again.");
  }

  static Unreadable damaged() {
    return new Unreadable("文件已损坏，无法读取。请重新拍照或另存后上传。",
        "The file is damaged and cannot be read. Take the picture again, or save it anew and send that.");
  }

  static Unreadable unusual() {
    return new Unreadable("这种图片编码无法处理。请用手机重新拍照，或另存为普通 JPEG、PNG 后上传。",
        "This way of coding a picture is not supported. Take it again with a phone, or save it as an ordinary JPEG or "
            + "PNG and send that.");
  }
}
