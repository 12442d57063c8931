/** The expression language of models, with everything taken out that could run code. */
package org.closedloop.engine.expression;
