package org.closedloop.casefile.attachment;

import java.nio.charset.StandardCharsets;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.attachment.gate.Admitted;
import org.closedloop.casefile.attachment.gate.PhotoGate;
import org.closedloop.casefile.attachment.gate.PhotoGate.Sender;
import org.closedloop.casefile.attachment.gate.Upload;
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
  private final Me me;

  AttachmentController(Attachments attachments, CaseRegister register, PhotoGate gate, Me me) {
    this.attachments = attachments;
    this.register = register;
    this.gate = gate;
    this.me = me;
  }

  /** Multipart {@code file} (JPEG, PNG or PDF, at most 20 MB) and {@code kind}. */
  @PostMapping("/cases/{number}/attachments")
  @ResponseStatus(HttpStatus.CREATED)
  Attachment add(@PathVariable String number, @RequestParam(required = false) MultipartFile file,
      @RequestParam(required = false) String kind) {
    CaseFile seen = register.mustSee(number);
    Attachments.mustBeKind(kind);
    return take(seen, file, kind, Sender.OFFICIAL, me.current());
  }

  /** For reporters, with the tracking code: JPEG or PNG, at most 10 MB, at most six per report. */
  @PostMapping("/public/reports/{number}/attachments")
  @ResponseStatus(HttpStatus.CREATED)
  Attachment addPublic(@PathVariable String number, @RequestParam(required = false) String code,
      @RequestParam(required = false) MultipartFile file) {
    CaseFile tracked = register.tracked(number, code);
    return take(tracked, file, "evidence", Sender.REPORTER, null);
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

  private Attachment take(CaseFile file, MultipartFile sent, String kind, Sender sender, Official by) {
    if (sent == null) {
      throw InvalidInput.at("file", "请用 multipart/form-data 的 file 字段上传文件。",
          "Send the file as field “file” of a multipart/form-data request.");
    }
    Attachments.mustBeOpen(file);
    Upload upload = new Upload(sent.getOriginalFilename(), sent.getSize(), sent::getInputStream);
    try (Admitted admitted = gate.admit(upload, sender)) {
      return attachments.add(file.number(), admitted, kind, by);
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
