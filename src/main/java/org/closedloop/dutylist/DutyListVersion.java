package org.closedloop.dutylist;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One version of the duty list.
 *
 * @param status     draft, current (exactly one, once something was published) or past
 * @param createdBy  username; {@code publishedBy}, {@code validFrom} and {@code validUntil} are null until they happen
 * @param rows       how many rows it has
 * @param plannedFor the day on which the draft comes into force by itself; null where none was set
 */
record DutyListVersion(int id, String status, String note, String createdBy, Instant createdAt, String publishedBy,
    Instant validFrom, Instant validUntil, int rows, LocalDate plannedFor) {}
