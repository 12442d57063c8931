package org.closedloop.deadline.calendar;

import java.time.LocalDate;

/**
 * A day that does not follow Monday to Friday.
 *
 * @param kind   {@code off} (day off) or {@code work} (make-up working day)
 * @param source number of the State Council notice, or who says so
 */
record OfficeDay(LocalDate date, String kind, String name, String source) {}
