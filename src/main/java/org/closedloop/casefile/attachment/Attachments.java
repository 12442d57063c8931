package org.closedloop.casefile.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseNotFound;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.attachment.gate.Admitted;
import org.closedloop.casefile.attachment.gate.FileType;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.organisation.Official;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The attachments of case files: adds them within the limits, finds them for those who may see the case. */
@Service
public class Attachments {

  private static final List<String> KINDS = List.of("before", "after", "evidence", "document");
  private static final int MOST_OF_REPORTER = 6;
  /** More than any case needs; keeps one account from filling the disk through one case. */
  private static final int MOST_OF_CASE = 200;
  private static final Pattern ID = Pattern.compile("[a-z2-7]{26}");
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private final AttachmentMapper attachments;
  private final AttachmentStore store;
  private final CaseRegister register;
  private final Journal journal;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Attachments(AttachmentMapper attachments, AttachmentStore store, CaseRegister register, Journal journal,
      Clock clock) {
    this.attachments = attachments;
    this.store = store;
    this.register = register;
    this.journal = journal;
    this.clock = clock;
  }

  /** All attachments of a case, oldest first. The caller has checked that the reader may see the case. */
  public List<Attachment> of(String caseNumber) {
    return attachments.of(caseNumber);
  }

  /** One attachment of this case: what a form's file picker names must be found here. */
  public Optional<Attachment> find(String caseNumber, String attachmentId) {
    return Optional.ofNullable(attachmentId).filter(id -> ID.matcher(id).matches()).map(attachments::find)
        .filter(a -> a.caseNumber().equals(caseNumber));
  }

  /** Whether the attachment is one of this case. */
  public boolean belongs(String caseNumber, String attachmentId) {
    return find(caseNumber, attachmentId).isPresent();
  }

  /** @throws AttachmentNotFound when there is none, or the caller may not see its case: both look the same */
  Attachment mustSee(String id) {
    Attachment attachment = ID.matcher(id).matches() ? attachments.find(id) : null;
    if (attachment == null) {
      throw new AttachmentNotFound();
    }
    try {
      register.mustSee(attachment.caseNumber());
    } catch (CaseNotFound e) {
      throw new AttachmentNotFound();
    }
    return attachment;
  }

  /** @throws InvalidInput when it is none of the four kinds */
  static void mustBeKind(String kind) {
    if (kind == null || !KINDS.contains(kind)) {
      throw InvalidInput.at("kind", "附件类别须为 before（处置前）、after（处置后）、evidence（证据）或 document（文书）。",
          "kind must be before, after, evidence or document.");
    }
  }

  /** @throws Conflict when the case has ended: what was on record when it closed stays what is on record */
  static void mustBeOpen(CaseFile file) {
    if (!file.open()) {
      throw new Conflict("case-ended", "案卷已办结，不能再上传附件；如需补充，请先申请重办。",
          "The case has ended and takes no more attachments; ask to reopen it first.");
    }
  }

  /**
   * Files a cleaned file with its case, with an entry that says who and when. The bytes go in first: the case is locked
   * only for the moment that counting and filing take.
   *
   * @param by null when the reporter sends it
   * @throws InvalidInput when the case has as many as it may have
   */
  @Transactional
  public Attachment add(String caseNumber, Admitted admitted, String kind, Official by) {
    mustBeKind(kind);
    if (admitted.type() == FileType.PDF && (kind.equals("before") || kind.equals("after"))) {
      throw InvalidInput.at("kind", "处置前、处置后须上传照片；PDF 请选 evidence 或 document。",
          "before and after are photos; choose evidence or document for a PDF.");
    }
    String id = newId();
    AttachmentStore.Stored stored = put(id, admitted);
    CaseFile file = register.lock(caseNumber);
    // a reporter whose case was merged may still show something for the one that is worked on
    mustBeOpen(by == null ? register.main(file) : file);
    mustHaveRoom(caseNumber, by);
    Attachment attachment = new Attachment(id, caseNumber, kind, admitted.name(), admitted.type().mediaType(),
        stored.size(), stored.sha256(), admitted.width(), admitted.height(), file.round(),
        by == null ? null : by.username(), clock.instant());
    attachments.add(attachment, admitted.thumbnail());
    journal.file(file, "fact", "attachment", Words.of("上传附件", "Attachment added"), by, null,
        Map.of("id", id, "kind", kind, "name", admitted.name(), "sha256", stored.sha256()), null);
    return attachment;
  }

  private AttachmentStore.Stored put(String id, Admitted admitted) {
    try (InputStream in = admitted.content()) {
      return store.put(id, in);
    } catch (IOException e) {
      throw new UncheckedIOException("attachment " + id + " cannot be stored", e);
    }
  }

  private void mustHaveRoom(String caseNumber, Official by) {
    int most = by == null ? MOST_OF_REPORTER : MOST_OF_CASE;
    int there = by == null ? attachments.countOfReporter(caseNumber) : attachments.count(caseNumber);
    if (there >= most) {
      throw InvalidInput.at("file", by == null ? "每件诉求最多上传 " + most + " 张照片。" : "每个案卷最多 " + most + " 个附件。",
          "There are " + most + " attachments already; no more can be added.");
    }
  }

  InputStream open(Attachment attachment) {
    return store.open(attachment.id());
  }

  /** The small JPEG of a picture; empty for documents. */
  Optional<byte[]> thumbnail(Attachment attachment) {
    return Optional.ofNullable(attachments.thumbnail(attachment.id())).map(AttachmentMapper.Thumbnail::thumbnail);
  }

  private String newId() {
    StringBuilder id = new StringBuilder(26);
    for (int i = 0; i < 26; i++) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return id.toString();
  }
}
