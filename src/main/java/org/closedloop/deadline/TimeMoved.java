package org.closedloop.deadline;

import java.time.Duration;

/**
 * The demo's clock has jumped. Published on every node as an application event; whoever keeps time of its own (the
 * engine) follows. Without the demo it never happens.
 *
 * @param ahead how far the application's time is now ahead of real time; negative while it lies in the past
 */
public record TimeMoved(Duration ahead) {}
