package org.closedloop.casefile.search;

import java.time.Instant;

/** What makes a case alike another: its words, its place and when it came. Place may be null. */
public record Matter(String number, String title, String text, String areaPath, Double lng, Double lat,
    Instant openedAt) {}
