package org.closedloop.audit;

import java.time.Instant;
import java.util.List;

/**
 * Something an administrator did.
 *
 * @param by      username, or {@code system}
 * @param kind    what kind of thing was changed: {@code unit, official, area, …}
 * @param subject its key; {@code name}: what people called it then
 * @param act     {@code added, changed, dissolved, …}
 */
public record Act(long id, Instant at, String by, String kind, String subject, String name, String act,
    List<Change> changes) {}
