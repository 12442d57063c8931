/** Filters people gave a name to, so that they find them again on every machine. */
package org.closedloop.worklist.saved;
