package org.closedloop.casefile.nearby;

import java.time.LocalDate;

/**
 * An open case as strangers may see it: no number, no words, no picture, no exact place.
 *
 * @param ref        names the case to join it, as long as it is open
 * @param name       of the category
 * @param within     metres at most, in steps of a hundred; null when it is only known to lie in the same village
 * @param since      the day it was reported
 * @param status     the milestone it reached last
 * @param others     how many people have joined it
 */
public record Nearby(String ref, String category, String name, String nameEn, Integer within, LocalDate since, String status,
    String statusEn, int others) {}
