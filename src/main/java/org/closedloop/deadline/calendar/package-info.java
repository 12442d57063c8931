/** Keeps the days and hours of the working calendar: shipped holidays, changes by administrators, the answers to "by when". */
package org.closedloop.deadline.calendar;
