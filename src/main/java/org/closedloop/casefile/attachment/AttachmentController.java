package org.closedloop.casefile.attachment;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.attachment.gate.Admitted;
import org.closedloop.casefile.attachment.gate.PhotoGate;
import org.closedloop.casefile.attachment.gate.PhotoGate.Sender;
import org.closedloop.casefile.attachment.gate.Upload;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.problem.InvalidInput;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriUtils;

/** Attachments over HTTP: officials and reporters send them, officials who may see the case read them. */
@RestController
@RequestMapping("/api")
class AttachmentController {

  private final Attachments attachments;
  private final CaseRegister register;
  private final PhotoGate gate;
  private final Once once;
  private final Me me;

  AttachmentController(Attachments attachments, CaseRegister register, PhotoGate gate, Once once, Me me) {
    this.attachments = attachments;
    this.register = register;
    this.gate = gate;
    this.once = once;
    this.me = me;
  }

  /** Multipart {@code file} (JPEG, PNG or PDF, at most 20 MB) and {@code kind}. */
  @PostMapping("/cases/{number}/attachments")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Attachment> add(@PathVariable String number, @RequestParam(required = false) MultipartFile file,
      @RequestParam(required = false) String kind,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    Official by = me.current();
    register.mustSee(number);
    Attachments.mustBeKind(kind);
    return take(file, kind, Sender.OFFICIAL,
        (sent, admitted) -> once.created(key, by.username(), request, sent,
            () -> attachments.add(number, admitted, kind, by)));
  }

  /**
   * For reporters, with the tracking code: JPEG or PNG, at most 10 MB, at most six per report. What a reporter shows is
   * how it was before anybody came.
   */
  @PostMapping("/public/reports/{number}/attachments")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Attachment> addPublic(@PathVariable String number, @RequestParam(required = false) String code,
      @RequestParam(required = false) MultipartFile file,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    register.tracked(number, code);
    return take(file, "before", Sender.REPORTER,
        (sent, admitted) -> once.created(key, Once.PUBLIC, request, sent,
            () -> attachments.add(number, admitted, "before", null)));
  }

  /** The file itself, or with {@code ?thumbnail} a JPEG of at most 320 × 320 pixels. */
  @GetMapping("/attachments/{id}")
  ResponseEntity<Resource> read(@PathVariable String id, @RequestParam(required = false) String thumbnail,
      WebRequest request) {
    Attachment attachment = attachments.mustSee(id);
    boolean small = thumbnail != null && !thumbnail.equals("false");
    String tag = "\"" + attachment.sha256() + (small ? "-small" : "") + "\"";
    if (request.checkNotModified(tag)) {
      return null;
    }
    if (small) {
      byte[] bytes = attachments.thumbnail(attachment).orElseThrow(AttachmentNotFound::new);
      return answer("thumbnail-" + id + ".jpg", MediaType.IMAGE_JPEG, bytes.length, tag)
          .body(new ByteArrayResource(bytes));
    }
    return answer(attachment.name(), MediaType.parseMediaType(attachment.mediaType()), attachment.size(), tag)
        .body(new InputStreamResource(attachments.open(attachment)));
  }

  /** What must be the same for a repetition to be one. */
  private record Sent(String kind, String name, String sha256) {}

  /** Cleans first, then files: the transaction must not wait for a place at the gate. */
  private ResponseEntity<Attachment> take(MultipartFile file, String kind, Sender sender,
      BiFunction<Sent, Admitted, ResponseEntity<Attachment>> filing) {
    if (file == null) {
      throw InvalidInput.at("file", "请用 multipart/form-data 的 file 字段上传文件。",
          "Send the file as field “file” of a multipart/form-data request.");
    }
    try (Admitted admitted = gate.admit(new Upload(file.getOriginalFilename(), file.getSize(), file::getInputStream),
        sender)) {
      return filing.apply(new Sent(kind, file.getOriginalFilename(), Digest.ofAll(file::getInputStream)), admitted);
    }
  }

  /** Never shown in place, never guessed at, never run: whatever a file is, a browser only saves it or paints it. */
  private static ResponseEntity.BodyBuilder answer(String name, MediaType type, long size, String tag) {
    String plain = name.chars().allMatch(c -> c > 31 && c < 127 && c != '"' && c != '\\') ? name
        : "attachment" + name.substring(name.lastIndexOf('.'));
    return ResponseEntity.ok()
        .contentType(type)
        .contentLength(size)
        .eTag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + UriUtils.encode(name, StandardCharsets.UTF_8))
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
