/** 一张图: where the open cases lie, as points and clusters. */
package org.closedloop.board.map;
