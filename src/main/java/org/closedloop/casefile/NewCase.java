package org.closedloop.casefile;

import java.time.Instant;

/** What a new case file is opened with, already checked: codes exist, texts are within their limits. */
public record NewCase(String process, String channel, String title, String description, String category, String area,
    Double lng, Double lat, String urgency, Reporter reporter, Instant occurredAt) {}
