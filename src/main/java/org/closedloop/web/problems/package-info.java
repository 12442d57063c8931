/** Whatever goes wrong leaves as an RFC 9457 document in the caller's language, and nothing inside shows through. */
package org.closedloop.web.problems;
