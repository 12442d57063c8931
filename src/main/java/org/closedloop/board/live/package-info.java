/** The board of this moment: one count per sight and node every two seconds, whoever looks. */
package org.closedloop.board.live;
