package org.closedloop.casefile.attachment;

import java.util.List;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.organisation.Official;
import org.springframework.stereotype.Component;

/** Shows the attachments on the case page. */
@Component
class AttachmentSection implements CaseSection {

  private final Attachments attachments;

  AttachmentSection(Attachments attachments) {
    this.attachments = attachments;
  }

  @Override
  public String name() {
    return "attachments";
  }

  @Override
  public List<Attachment> read(CaseFile file, Official reader) {
    return attachments.of(file.number());
  }
}
