/** What was recorded about a case: milestones, entries, the path taken. Only ever added to. */
package org.closedloop.casefile.journal;
