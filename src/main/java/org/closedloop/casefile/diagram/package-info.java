/** The diagram of a case with the path it really took. */
package org.closedloop.casefile.diagram;
