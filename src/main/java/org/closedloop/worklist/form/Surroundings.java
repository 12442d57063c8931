package org.closedloop.worklist.form;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a form needs to know beside the answers: FEEL, today, how late a date may be, and what an uploaded file is.
 *
 * @param clock    today and its zone
 * @param limits   last day a field with the custom property {@code within} may name
 * @param uploads  facts of attachments; null when ids are checked elsewhere, then only their form is looked at
 */
public record Surroundings(Conditions conditions, Clock clock, Limits limits, Uploads uploads) {

  /** Last day allowed by the allowance row of that name; empty when there is no such row. */
  public interface Limits {
    Optional<LocalDate> latest(String row);
  }

  /** An attachment by its id; empty when there is none that this person may use here. */
  public interface Uploads {
    Optional<Upload> find(String id);
  }

  /** Name and media type of an attachment, e.g. {@code 现场.jpg}, {@code image/jpeg}. */
  public record Upload(String name, String mediaType) {}

  public Surroundings {
    Objects.requireNonNull(conditions);
    Objects.requireNonNull(clock);
    limits = limits == null ? row -> Optional.empty() : limits;
  }
}
