/** Alerts as server-sent events: every node hears of new ones through PostgreSQL and tells its own watchers. */
package org.closedloop.alert.stream;
