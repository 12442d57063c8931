/**
 * By when: the working calendar, allowances laid on it, and the clocks that run for a case with their stops and
 * extensions. {@link org.closedloop.deadline.WorkingCalendar} is pure; {@code calendar} keeps its days.
 */
package org.closedloop.deadline;
