/**
 * Numbers, read-only: what is open now ({@code live}), where it lies ({@code map}), how the month went
 * ({@code scorecard}). Every number carries the query of the case list that lists what it counted.
 */
package org.closedloop.board;
