package org.closedloop.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fact that keeps a request from being done, in words a person can act on. The web layer turns it into an RFC 9457
 * document: {@code type} is {@code urn:closedloop:<kind>}, {@code detail} the words, {@code errors} the findings.
 * Feature packages declare their own named subclasses ({@code WorkItemGone}, {@code CaseNotFound}).
 */
public class Problem extends RuntimeException {

  /** One finding at one field; {@code field} is the JSON path as the caller sent it, e.g. {@code answers.reason}. */
  public record FieldError(String field, Words message) {
    public static FieldError of(String field, String zh, String en) {
      return new FieldError(field, Words.of(zh, en));
    }
  }

  private final int status;
  private final String kind;
  private final transient Words words;
  private final transient List<FieldError> errors;

  /**
   * @param status HTTP status the problem answers with
   * @param kind   stable kebab-case name, part of the contract
   * @param words  what is wrong and how to mend it; no personal data, it may be logged
   */
  public Problem(int status, String kind, Words words, List<FieldError> errors) {
    super(words.en());
    this.status = status;
    this.kind = kind;
    this.words = words;
    this.errors = List.copyOf(errors);
  }

  public Problem(int status, String kind, Words words) {
    this(status, kind, words, List.of());
  }

  public int status() {
    return status;
  }

  public String kind() {
    return kind;
  }

  public Words words() {
    return words;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /** Further members of the document, e.g. who was faster and when; names must not clash with the standard ones. */
  public Map<String, Object> facts() {
    return Map.of();
  }

  /** After what time trying again makes sense; goes out as {@code Retry-After}. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
