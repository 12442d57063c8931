/**
 * 督办: the ladder that a late item climbs. Rows are written at once and the processes behind them started a moment later,
 * in batches, by any node; which rungs there are and when they come is the model {@code supervision}.
 */
package org.closedloop.alert.ladder;
