/**
 * 吹哨报到: the register of whistles. The process is a model; here is what it writes down at its steps (who was called, when
 * and how far from the spot each department checked in, what it did, how it was marked) and what people are shown of it.
 */
package org.closedloop.whistle;
