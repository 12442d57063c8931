package org.closedloop.notice;

import java.util.Map;

/**
 * Something people have to be told.
 *
 * @param topic      word of table {@code notice_topic}, such as {@code alert.overdue}; decides text and recipients
 * @param caseNumber the case it is about, null when none
 * @param unit       code of the unit the matter concerns, from which recipients are found; null when none
 * @param official   username of the one person it concerns (who holds the item, who was called); null when nobody in
 *                   particular
 * @param data       values for the text: codes, names of tasks, times as {@code Instant} or {@code OffsetDateTime};
 *                   small, and never personal data of reporters. A key with {@code En} behind it is its English form
 * @param dedupeKey  says that two events are the same: 1 to 200 visible ASCII characters, such as
 *                   {@code alert/4711/overdue/0}
 */
public record Event(String topic, String caseNumber, String unit, String official, Map<String, ?> data,
    String dedupeKey) {}
