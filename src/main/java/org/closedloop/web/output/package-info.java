/** How answers look: the form of times in JSON. */
package org.closedloop.web.output;
