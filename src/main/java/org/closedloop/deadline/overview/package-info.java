/** Read-only views of the running clocks: the list over all cases, and the part of the case page. */
package org.closedloop.deadline.overview;
