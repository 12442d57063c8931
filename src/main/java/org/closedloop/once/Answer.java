package org.closedloop.once;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request was answered: HTTP status and JSON body; {@code replayed} when the work had been done before. */
public record Answer(int status, JsonNode body, boolean replayed) {}
