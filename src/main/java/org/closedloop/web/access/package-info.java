/** Who may come in: log-in, sessions, Basic, passwords' hashes, throttles, and the headers every answer carries. */
package org.closedloop.web.access;
