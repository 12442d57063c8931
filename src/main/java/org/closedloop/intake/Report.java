package org.closedloop.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.casefile.Urgency;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;

/**
 * A report as it is sent, through whichever channel. Everything but the title may be missing; what is there must be
 * right.
 *
 * @param area      area code; missing: the whole area the sender answers for, for the public page the county
 * @param occurredAt RFC 3339 with offset, not in the future
 * @param answers   answers to the case type's own start form
 */
record Report(String process, String channel, String title, String description, String category, String area,
    Location location, String urgency, Person reporter, OffsetDateTime occurredAt, Map<String, Object> answers) {

  /** WGS-84, degrees. */
  record Location(Double lng, Double lat) {}

  record Person(String name, String phone, Boolean anonymous) {}

  /** Codes that exist; asked by the check, so that it knows no feature. */
  interface Codes {
    boolean process(String code);

    boolean category(String code);

    boolean area(String code);
  }

  static final String DEFAULT_PROCESS = "case-handling";
  private static final int TITLE_MAX = 200;
  private static final int DESCRIPTION_MAX = 20_000;
  private static final int NAME_MAX = 100;
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{3,24}");
  /** Clocks of phones run ahead; a little of it is no lie. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  /**
   * @param channelWhenMissing what a report without one came through
   * @param channels           the channels this sender may use
   * @throws InvalidInput with every finding, fields named as they were sent
   */
  NewCase checked(Codes codes, String areaWhenMissing, String channelWhenMissing, Set<String> channels, Clock clock) {
    List<FieldError> errors = new ArrayList<>();
    String type = Objects.requireNonNullElse(process, DEFAULT_PROCESS);
    if (!codes.process(type)) {
      errors.add(FieldError.of("process", "没有这种案件类型。", "There is no such case type."));
    }
    text(errors, "title", title, TITLE_MAX, true);
    text(errors, "description", description, DESCRIPTION_MAX, false);
    if (category != null && !codes.category(category)) {
      errors.add(FieldError.of("category", "没有这个事项分类。", "There is no such category."));
    }
    String place = Objects.requireNonNullElse(area, areaWhenMissing);
    if (!codes.area(place)) {
      errors.add(FieldError.of("area", "没有这个区域。", "There is no such area."));
    }
    String level = Objects.requireNonNullElse(urgency, Urgency.DEFAULT);
    if (!Urgency.ALL.contains(level)) {
      errors.add(FieldError.of("urgency", "紧急程度只能是 emergency、urgent、ordinary、complex 之一。",
          "urgency must be one of emergency, urgent, ordinary, complex."));
    }
    String via = Objects.requireNonNullElse(channel, channelWhenMissing);
    if (!channels.contains(via)) {
      errors.add(FieldError.of("channel", "没有这个来源渠道，可用：" + String.join("、", channels.stream().sorted().toList()) + "。",
          "No such channel; use one of " + String.join(", ", channels.stream().sorted().toList()) + "."));
    }
    location(errors);
    Reporter person = reporter(errors);
    Instant at = occurredAt == null ? null : occurredAt.toInstant();
    if (at != null && at.isAfter(clock.instant().plus(SKEW))) {
      errors.add(FieldError.of("occurredAt", "发生时间不能晚于现在。", "occurredAt must not lie in the future."));
    }
    if (at != null && at.isBefore(Instant.EPOCH)) {
      errors.add(FieldError.of("occurredAt", "发生时间过早。", "occurredAt is too long ago."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new NewCase(type, via, title.strip(), description == null ? "" : description.strip(), category, place,
        location == null ? null : location.lng(), location == null ? null : location.lat(), level, person, at);
  }

  private void location(List<FieldError> errors) {
    if (location == null) {
      return;
    }
    if (location.lng() == null || location.lng().isNaN() || Math.abs(location.lng()) > 180) {
      errors.add(FieldError.of("location.lng", "经度应在 -180 到 180 之间。", "lng must be between -180 and 180."));
    }
    if (location.lat() == null || location.lat().isNaN() || Math.abs(location.lat()) > 90) {
      errors.add(FieldError.of("location.lat", "纬度应在 -90 到 90 之间。", "lat must be between -90 and 90."));
    }
  }

  /** Anonymous reporters leave nothing behind, whatever was sent with it. */
  private Reporter reporter(List<FieldError> errors) {
    if (reporter == null || Boolean.TRUE.equals(reporter.anonymous())) {
      return Reporter.ANONYMOUS;
    }
    text(errors, "reporter.name", reporter.name(), NAME_MAX, false);
    String phone = reporter.phone() == null || reporter.phone().isBlank() ? null : reporter.phone().strip();
    if (phone != null && !PHONE.matcher(phone).matches()) {
      errors.add(FieldError.of("reporter.phone", "电话号码只能由数字、空格和连字符组成，可以以 + 开头。",
          "A phone number has only digits, spaces and hyphens, and may begin with +."));
    }
    String name = reporter.name() == null || reporter.name().isBlank() ? null : reporter.name().strip();
    return name == null && phone == null ? Reporter.ANONYMOUS : new Reporter(name, phone, false);
  }

  private static void text(List<FieldError> errors, String field, String value, int max, boolean required) {
    if (value == null || value.isBlank()) {
      if (required) {
        errors.add(FieldError.of(field, "不能为空。", "Must not be empty."));
      }
      return;
    }
    if (value.codePointCount(0, value.length()) > max) {
      errors.add(FieldError.of(field, "最长 " + max + " 个字，请缩短。", "At most " + max + " characters; please shorten."));
    }
    if (value.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
        || value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      errors.add(FieldError.of(field, "含有不可见的控制字符，请删除。", "Contains control characters; please remove them."));
    }
  }
}
