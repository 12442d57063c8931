/** How many cases came and went, day by day. */
package org.closedloop.board.trend;
