/** Finds the deadlines that fell due, whoever holds the item, and makes one alert of each; one node at a time. */
package org.closedloop.alert.sweep;
