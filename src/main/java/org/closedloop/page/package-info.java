/** Keyset lists: pages, cursors and their limits, the same for every list of the API. */
package org.closedloop.page;
