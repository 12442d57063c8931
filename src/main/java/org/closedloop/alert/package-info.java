/**
 * Lights that turned on: one alert per clock, level and episode, who must act, and what people did about it. {@code
 * sweep} finds what fell due, {@code stream} tells those who watch.
 */
package org.closedloop.alert;
