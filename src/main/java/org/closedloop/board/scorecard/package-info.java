/**
 * 考评: the month's rates by unit, area or category. A month is counted from the records while it runs and until it is
 * frozen; then from what was frozen, whatever happens to the cases.
 */
package org.closedloop.board.scorecard;
