/** The rules models are held to: one list, the same for every way a model can come in. */
package org.closedloop.engine.check;
