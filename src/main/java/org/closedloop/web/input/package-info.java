/** The gate for input: size, depth, and characters that no text may contain, checked before any feature sees them. */
package org.closedloop.web.input;
