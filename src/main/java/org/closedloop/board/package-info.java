/** Live numbers, read-only: what is open, where, and how late. Writes nothing and decides nothing. */
package org.closedloop.board;
