/** How answers look: the form of times in JSON, and what time it is. */
package org.closedloop.web.output;
