/** Finding cases by words and by likeness, before anybody's sight is applied. Depends on nothing of the case file. */
package org.closedloop.casefile.search;
