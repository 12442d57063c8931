/** Who is told of what, by which channels, at what hours, and in which words: tables that administrators keep. */
package org.closedloop.notice.rule;
