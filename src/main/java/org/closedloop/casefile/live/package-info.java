/** Open lists learn of changes: which units' and areas' lists are no longer what they were, and nothing else. */
package org.closedloop.casefile.live;
