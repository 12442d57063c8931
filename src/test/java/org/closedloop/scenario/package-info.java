/** Runs the {@code <type>.scenarios.yaml} of every case type against the started application and counts what they touch. */
package org.closedloop.scenario;
